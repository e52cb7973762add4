"""The document: what is known of a class, put into the template."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from grader.batch.model import Change, Entry, Unmatched
from grader.batch.report import heatmap, summary
from grader.model import Exercise
from grader.report import page


@dataclass(frozen=True)
class Person:
    """A student as a link: to the report on an entry, or to the student's row."""

    name: str
    href: str


@dataclass(frozen=True)
class Missing:
    """Who has nothing that could be graded for an exercise, for the same reason."""

    exercise: Exercise
    why: str
    rows: tuple[heatmap.Row, ...]


def render(
    entries: Sequence[Entry],
    exercises: Sequence[Exercise],
    *,
    unmatched: Sequence[Unmatched],
    link: Callable[[Entry], str | None],
    changes: Sequence[Change] = (),
) -> str:
    """One document.

    `link` tells where the report on an entry is: a path relative to this page, its parts divided
    by `/`, or None. Entries of other exercises than `exercises` are left out.
    """
    by_stem = {exercise.stem: exercise for exercise in exercises}
    entries = sorted((e for e in entries if e.handin.stem in by_stem), key=_by_name)

    def address(entry: Entry) -> str | None:
        place = link(entry)
        return None if place is None else _relative(place)

    rows = heatmap.rows(entries, exercises, address)
    anchors = {row.student.key: row.anchor for row in rows}

    def person(entry: Entry) -> Person:
        student = entry.handin.student
        return Person(student.shown, address(entry) or f"#{anchors[student.key]}")

    figures = summary.figures(entries, exercises)
    return page.render(
        "class.html.j2",
        exercises=by_stem,
        rows=rows,
        averages=heatmap.averages(entries, exercises),
        figures=figures,
        handed_in={one.exercise.stem: one.handed_in for one in figures},
        misconceptions=summary.misconceptions(entries),
        endings=summary.endings(entries),
        missing=_missing(rows, entries, exercises),
        late=[entry for entry in entries if entry.handin.late],
        unmatched=unmatched,
        changes=sorted(changes, key=lambda change: -change.gain),
        names={row.student.key: row.student.shown for row in rows},
        person=person,
    )


def _by_name(entry: Entry) -> tuple[str, str]:
    return heatmap.by_name(entry.handin.student)


def _missing(
    rows: Sequence[heatmap.Row], entries: Sequence[Entry], exercises: Sequence[Exercise]
) -> list[Missing]:
    by_cell = {(entry.handin.student.key, entry.handin.stem): entry for entry in entries}
    found: dict[tuple[str, str], list[heatmap.Row]] = {}
    for row in rows:
        for exercise in exercises:
            entry = by_cell.get((row.student.key, exercise.stem))
            if entry is None or entry.report is None:
                why = entry.handin.why if entry is not None else ""
                found.setdefault((exercise.stem, why or "nothing handed in"), []).append(row)
    by_stem = {exercise.stem: exercise for exercise in exercises}
    return [Missing(by_stem[stem], why, tuple(rows)) for (stem, why), rows in found.items()]


def _relative(place: str) -> str:
    """An address that stays beside the page, whatever signs are in the name of a file."""
    return f"./{quote(place, errors='replace')}"
