"""What a batch says about a class: figures an exercise, misconceptions, other endings."""

import statistics
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from grader.batch.model import Entry
from grader.model import (
    FULL_SCORE,
    Diagnosis,
    Exercise,
    ExerciseResult,
    Progress,
    Status,
)
from grader.report import told

# How many points are one column of a histogram; the full score has its own.
BIN = 10

# How a check can end other than by a wrong result.
ENDINGS = {
    Status.TIMEOUT: "Ran out of time",
    Status.CRASHED: "Crashed",
    Status.MEMORY: "Ran out of memory",
    Status.FORBIDDEN: "Forbidden call",
    Status.ERROR: "An error instead of a result",
}


@dataclass(frozen=True)
class Bin:
    """One column of a histogram: scores, such as `20–29`, and how many there are of them."""

    label: str
    count: int


@dataclass(frozen=True)
class Figures:
    """How one exercise went, in points of 100; the averages are of those who handed in."""

    exercise: Exercise
    handed_in: int
    mean: float | None
    median: float | None
    solved: int
    histogram: tuple[Bin, ...]


@dataclass(frozen=True)
class Misconception:
    """A known mistake, the tasks in which it was made, and the entries that it was found in."""

    exercise: Exercise
    diagnosis: Diagnosis
    tasks: tuple[str, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Ending:
    """A way in which hand-ins ended, and for each of them what was said."""

    words: str
    cases: tuple[tuple[Entry, str], ...]


def figures(entries: Iterable[Entry], exercises: Iterable[Exercise]) -> list[Figures]:
    """The figures of each exercise, in order."""
    scores: dict[str, list[int]] = {}
    for entry, result in graded(entries):
        scores.setdefault(entry.handin.stem, []).append(result.score)
    return [_figures(exercise, scores.get(exercise.stem, [])) for exercise in exercises]


def misconceptions(entries: Iterable[Entry]) -> list[Misconception]:
    """The misconceptions that were found, those of most students first."""
    found: dict[tuple[str, str], list[_Occurrence]] = {}
    for entry, result in graded(entries):
        for check in told.checks(result):
            if check.diagnosis is not None:
                occurrence = _Occurrence(entry, result.exercise, check.task, check.diagnosis)
                found.setdefault((entry.handin.stem, check.diagnosis.id), []).append(occurrence)
    return sorted(map(_misconception, found.values()), key=lambda m: -len(m.entries))


def endings(entries: Iterable[Entry]) -> list[Ending]:
    """The ways of ending that occurred, and no misconception explains."""
    results = list(graded(entries))
    broken = tuple((e, r.error) for e, r in results if r.error is not None)
    unwritten = tuple((e, "") for e, r in results if r.status is Progress.NOT_STARTED)
    found = [
        Ending("Cannot be imported", broken),
        Ending("Nothing written yet", unwritten),
        *(Ending(words, _cases(results, status)) for status, words in ENDINGS.items()),
    ]
    return [ending for ending in found if ending.cases]


def graded(entries: Iterable[Entry]) -> Iterator[tuple[Entry, ExerciseResult]]:
    """The entries that there was something to grade of, each with what came of it."""
    for entry in entries:
        if entry.report is not None:
            yield entry, entry.report.exercises[0]


@dataclass(frozen=True)
class _Occurrence:
    entry: Entry
    exercise: Exercise
    task: str
    diagnosis: Diagnosis


def _figures(exercise: Exercise, scores: list[int]) -> Figures:
    return Figures(
        exercise,
        handed_in=len(scores),
        mean=statistics.fmean(scores) if scores else None,
        median=statistics.median(scores) if scores else None,
        solved=sum(score == FULL_SCORE for score in scores),
        histogram=_histogram(scores),
    )


def _histogram(scores: list[int]) -> tuple[Bin, ...]:
    counts = Counter(score // BIN for score in scores)
    below = [Bin(f"{BIN * n}–{BIN * n + BIN - 1}", counts[n]) for n in range(FULL_SCORE // BIN)]
    return (*below, Bin(str(FULL_SCORE), counts[FULL_SCORE // BIN]))


def _misconception(found: list[_Occurrence]) -> Misconception:
    return Misconception(
        found[0].exercise,
        found[0].diagnosis,
        tasks=tuple(dict.fromkeys(occurrence.task for occurrence in found)),
        entries=tuple({o.entry.handin.student.key: o.entry for o in found}.values()),
    )


def _cases(
    results: Iterable[tuple[Entry, ExerciseResult]], status: Status
) -> tuple[tuple[Entry, str], ...]:
    """The entries with a check that ended so, and what is said of the first such check."""
    first: dict[int, tuple[Entry, str]] = {}
    for number, (entry, result) in enumerate(results):
        for check in told.checks(result):
            if check.status is status and check.diagnosis is None:
                first.setdefault(number, (entry, f"{check.task}: {check.message}"))
    return tuple(first.values())
