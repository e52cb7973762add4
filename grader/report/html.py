"""The report as one HTML file, for a browser without a network and without scripts.

What failed is open, what passed is folded away. Nothing that a student wrote is markup in it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from grader.model import CheckResult, ExerciseResult, Progress, Report, Status, TaskResult
from grader.report import page, told
from grader.report.heatmap import Picture, pictures

# How a check ended, in a word or two.
WORDS = {
    Status.PASSED: "passed",
    Status.FAILED: "failed",
    Status.ERROR: "error",
    Status.TIMEOUT: "ran out of time",
    Status.CRASHED: "crashed",
    Status.MEMORY: "ran out of memory",
    Status.FORBIDDEN: "forbidden call",
    Status.NOT_IMPLEMENTED: "not written yet",
    Status.SKIPPED: "skipped",
}


@dataclass(frozen=True)
class Failure:
    """A check to be told in full, and the others that failed in just the same way.

    `explained` is the anchor of an earlier failure of the task with the same misconception.
    """

    check: CheckResult
    alike: tuple[CheckResult, ...]
    anchor: str
    pictures: tuple[Picture, ...]
    explained: str | None


@dataclass(frozen=True)
class Section:
    """One task: the checks to be told in full, and those to be listed only."""

    result: TaskResult
    anchor: str
    failures: tuple[Failure, ...]
    passed: tuple[CheckResult, ...]
    skipped: tuple[CheckResult, ...]
    waiting: tuple[CheckResult, ...]


@dataclass(frozen=True)
class Chapter:
    """One exercise."""

    result: ExerciseResult
    anchor: str
    sections: tuple[Section, ...]
    next_step: str


def render(report: Report) -> str:
    """One document."""
    chapters = [_chapter(result, f"e{n}") for n, result in enumerate(report.exercises, 1)]
    return page.render(
        "report.html.j2", report=report, chapters=chapters, words=WORDS, title=told.title
    )


def _chapter(result: ExerciseResult, anchor: str) -> Chapter:
    tasks = result.tasks if result.error is None else ()
    sections = tuple(_section(task, f"{anchor}t{n}") for n, task in enumerate(tasks, 1))
    return Chapter(result, anchor, sections, told.next_step(result))


def _section(task: TaskResult, anchor: str) -> Section:
    """What is not begun has not failed: its checks wait."""
    passed = tuple(c for c in task.checks if c.status is Status.PASSED)
    skipped = tuple(c for c in task.checks if c.status is Status.SKIPPED)
    others = tuple(c for c in task.checks if c.status not in (Status.PASSED, Status.SKIPPED))
    if task.status is Progress.NOT_STARTED:
        return Section(task, anchor, (), passed, skipped, others)
    return Section(task, anchor, tuple(_failures(others, anchor)), passed, skipped, ())


def _failures(checks: Iterable[CheckResult], anchor: str) -> Iterable[Failure]:
    """A hint is given with the first check that it explains; the others point there."""
    explained: dict[str, str] = {}
    for number, (check, *alike) in enumerate(_grouped(checks), 1):
        here = f"{anchor}c{number}"
        known = check.diagnosis.id if check.diagnosis is not None else ""
        drawn = pictures(check.planes) if check.planes is not None else ()
        yield Failure(check, tuple(alike), here, drawn, explained.get(known))
        if known:
            explained.setdefault(known, here)


def _grouped(checks: Iterable[CheckResult]) -> Iterable[list[CheckResult]]:
    """Checks of which the same is to be told together; what has a picture is told alone."""
    groups: dict[object, list[CheckResult]] = {}
    for number, check in enumerate(checks):
        same = (check.status, check.message, check.diagnosis)
        key = same if check.message and check.planes is None else number
        groups.setdefault(key, []).append(check)
    return groups.values()
