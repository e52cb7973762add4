"""Points filled into the gradebook export that a teacher downloaded; nothing else changes in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

from grader.batch.atomic import writing
from grader.batch.exports import blackboard, canvas, moodle
from grader.batch.exports.columns import choose
from grader.batch.exports.people import match
from grader.batch.exports.sheet import Column, Person, Sheet, decimal_mark
from grader.batch.exports.table import Coding, Table, decode, split
from grader.batch.model import Entry
from grader.errors import UsageError
from grader.model import FULL_SCORE, Exercise
from grader.report.text import one_line

# How each platform is known by its headings, and how it is read; the surest sign first.
PLATFORMS = (
    (canvas.recognises, canvas.read),
    (moodle.recognises_worksheet, moodle.read_worksheet),
    (blackboard.recognises, blackboard.read),
    (moodle.recognises_grades, moodle.read_grades),
)
_DELIMITERS = (",", ";", "\t", ":")
# Ten thousand students in a hundred columns are far smaller.
MAX_BYTES = 1 << 25
_MOST_HEADINGS = 8


@dataclass(frozen=True)
class Filled:
    """What was filled in, and who has to be looked at by hand; all names are as people know them.

    `entered` counts the cells that now hold our points. `missing`: students of ours whom no row
    fits. `ambiguous`: students of ours whom several rows fit, or whose row fits several.
    `without`: rows to which no graded hand-in belongs; they keep what they have. `locked`: rows
    that have one, but must keep what they have, and why.
    """

    platform: str
    columns: tuple[str, ...]
    entered: int
    missing: tuple[str, ...]
    ambiguous: tuple[str, ...]
    without: tuple[str, ...]
    locked: tuple[str, ...]


@dataclass(frozen=True)
class _Export:
    coding: Coding
    table: Table
    sheet: Sheet
    columns: dict[str, Column]


def check(export: Path, exercises: Sequence[Exercise]) -> None:
    """Raise `UsageError` when `export` could not be filled: better before a long grading."""
    _open(export, exercises)


def fill(
    export: Path, entries: Sequence[Entry], exercises: Sequence[Exercise], out: Path
) -> Filled:
    """Copy `export` to `out` with the points of the exercises filled in.

    Points are scaled to the maximum that the export says, to two decimals, half up. An entry
    without a report changes nothing. Raises `UsageError` when the export is none, has no column
    for an exercise or several, or when `out` is the export itself.
    """
    opened = _open(export, exercises)
    if out.exists() and out.samefile(export):
        raise UsageError(f"{out} is your own export. Choose another folder with -o.")
    graded = [e for e in entries if e.report is not None and e.handin.stem in opened.columns]
    matching = match([entry.handin.student for entry in graded], opened.sheet)
    placed = [
        (entry, matching.rows[entry.handin.student.key], opened.columns[entry.handin.stem])
        for entry in graded
        if entry.handin.student.key in matching.rows
    ]
    changes = _changes(opened, placed)
    with writing(out) as file:
        file.write(opened.coding.encode(opened.table.changed(changes).text()))
    reached = {(person.row, column.index) for _, person, column in placed}
    return Filled(
        platform=opened.sheet.platform,
        columns=tuple(one_line(column.heading) for column in opened.columns.values()),
        entered=len(changes),
        missing=tuple(one_line(student.shown) for student in matching.missing),
        ambiguous=tuple(one_line(student.shown) for student in matching.ambiguous),
        without=tuple(_without(opened, exercises, reached)),
        locked=tuple(
            f"{one_line(person.name)} {why}"
            for _, person, column in placed
            if (why := _locked(opened, person, column))
        ),
    )


def _changes(
    opened: _Export, placed: Sequence[tuple[Entry, Person, Column]]
) -> dict[tuple[int, int], str]:
    """What is to be written at (row, column)."""
    mark = decimal_mark(opened.table, opened.sheet)
    return {
        (person.row, column.index): _points(entry.score, person.maximum or column.maximum, mark)
        for entry, person, column in placed
        if not _locked(opened, person, column)
    }


def _open(export: Path, exercises: Sequence[Exercise]) -> _Export:
    try:
        with export.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{export} cannot be read: {error.strerror}.") from error
    try:
        return _parse(data, exercises)
    except UsageError as error:
        raise UsageError(f"{export} cannot be filled in: {error}.") from error


def _parse(data: bytes, exercises: Sequence[Exercise]) -> _Export:
    if len(data) > MAX_BYTES:
        raise UsageError(f"it is larger than {MAX_BYTES >> 20} MiB, so it is no gradebook")
    text, coding = decode(data)
    for delimiter in _DELIMITERS:
        found = _headings(text, delimiter)
        for recognises, read in PLATFORMS:
            if recognises([heading.lower() for heading in found]):
                table = Table(delimiter, tuple(split(text, delimiter)))
                sheet = read(table)
                return _Export(coding, table, sheet, choose(sheet, exercises))
    shown = ", ".join(repr(one_line(h)[:40]) for h in _headings(text, ",")[:_MOST_HEADINGS])
    raise UsageError(
        f"its first line ({shown or 'which is empty'}) is not that of a gradebook export of "
        "Canvas, Moodle or Blackboard. Download it again, with English headings, and leave its "
        "first line as it is"
    )


def _headings(text: str, delimiter: str) -> list[str]:
    header = next(split(text, delimiter), None)
    table = Table(delimiter, (header,) if header else ())
    return [table.value(0, c).strip() for c in range(len(header.cells))] if header else []


def _locked(opened: _Export, person: Person, column: Column) -> str:
    """Why a cell must keep what it has; empty when it need not."""
    if column.index >= len(opened.table.rows[person.row].cells):
        return f"has too few cells in row {person.row + 1}"
    value = opened.table.value(person.row, column.index).strip().lower()
    return person.locked or opened.sheet.reserved.get(value, "")


def _points(score: int, maximum: Decimal | None, mark: str) -> str:
    most = FULL_SCORE if maximum is None else maximum
    points = (score * most / Decimal(FULL_SCORE)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{points.normalize():f}".replace(".", mark)


def _without(
    opened: _Export, exercises: Sequence[Exercise], reached: set[tuple[int, int]]
) -> list[str]:
    """The rows to which no hand-in belongs; of several exercises, also which these are."""
    found = []
    for person in opened.sheet.people:
        ids = [
            exercise.id
            for exercise in exercises
            if (person.row, opened.columns[exercise.stem].index) not in reached
        ]
        if ids:
            name = one_line(person.name)
            found.append(name if len(exercises) == 1 else f"{name}: {', '.join(ids)}")
    return found
