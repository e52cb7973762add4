"""The report for a person at a terminal, drawn with rich."""

import io

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from grader.model import (
    CheckResult,
    ExerciseResult,
    Planes,
    Progress,
    Report,
    Status,
    TaskResult,
)
from grader.report import planes, told
from grader.report.text import defused, glued, one_line, printable, unglued

MARKS = {
    Progress.PASSED: ("✓", "green"),
    Progress.FAILED: ("✗", "red"),
    Progress.ERROR: ("✗", "red"),
    Progress.NOT_STARTED: ("·", "dim"),
}
NARROWEST, WIDEST = 60, 100
INDENT = 4
# How many lines of a student's own output are shown with a failure.
OUTPUT_LINES = 12


def render(report: Report, *, width: int = 80, color: bool = False) -> str:
    """The report as text; with escape sequences only if `color`."""
    console = Console(
        file=io.StringIO(),
        width=max(NARROWEST, min(width, WIDEST)),
        force_terminal=color,
        color_system="standard" if color else None,
        legacy_windows=False,
        highlight=False,
        emoji=False,
        markup=False,
    )
    with console.capture() as capture:
        for result in report.exercises:
            _exercise(console, result)
        if len(report.exercises) > 1:
            console.print(Text(f"Total: {report.score} of {report.max_score} points", "bold"))
        for line in _closing(report):
            console.print(Text(line, "dim"))
    # rich fills wrapped lines up with spaces.
    return defused(unglued("\n".join(line.rstrip() for line in capture.get().split("\n"))))


def summary(report: Report) -> str:
    """One line an exercise: its score."""
    return "".join(f"{r.exercise.id} {r.score}/{r.max_score}\n" for r in report.exercises)


def _exercise(console: Console, result: ExerciseResult) -> None:
    name = f"{result.exercise.id} · {result.exercise.title}"
    console.print(_heading(name, f"{result.score} of {result.max_score}", console.width))
    if result.error is not None:
        _error(console, result)
    else:
        for task in result.tasks:
            console.print(_task_line(task))
        for task in result.tasks:
            _failures(console, task)
    console.print()
    console.print(Text.assemble(("Next: ", "bold"), glued(told.next_step(result))))
    console.print()


def _heading(name: str, score: str, width: int) -> Text:
    room = width - len(score) - 1
    return Text.assemble((f"{name[:room]:<{room}} ", "bold"), (score, "bold"))


def _error(console: Console, result: ExerciseResult) -> None:
    text = Text(printable(result.error or ""), "red")
    _indented(console, Text.assemble("The file cannot be imported.\n", text))
    _output(console, result.stdout)


def _task_line(task: TaskResult) -> Text:
    mark, style = MARKS[task.status]
    note = "  not written yet" if task.status is Progress.NOT_STARTED else ""
    score = f"{task.score:>3} of {task.max_score:<3}"
    return Text.assemble((f"  {mark} ", style), f"{task.name:<28} {score}", (note, "dim"))


def _failures(console: Console, task: TaskResult) -> None:
    """What went wrong in a task: each different thing once, the first of them in full."""
    failed = [c for c in task.checks if c.status not in (Status.PASSED, Status.SKIPPED)]
    if task.status is Progress.NOT_STARTED:
        return
    alike: dict[tuple[Status, str], list[CheckResult]] = {}
    for check in failed:
        alike.setdefault((check.status, check.message), []).append(check)
    seen: set[str] = set()
    for index, checks in enumerate(alike.values()):
        _failure(console, checks, seen, in_full=index == 0)


def _failure(console: Console, checks: list[CheckResult], seen: set[str], *, in_full: bool) -> None:
    """One failure, and the titles of the other checks that failed in just the same way."""
    check, *others = checks
    console.print()
    title = Text.assemble((f"{check.task}: {_title(check)}", "bold"), f" ({_loss(check)})")
    _hanging(console, Text("✗ ", "red"), title)
    if in_full and check.call:
        _indented(console, Text(glued(one_line(check.call)), "cyan"))
    _indented(console, Text(glued(printable(check.message))))
    drawn: list[str] = []
    if in_full and check.planes is not None:
        drawn = _drawn(check.planes, console.width - INDENT)
        _indented(console, Text("\n".join(drawn)))
    lead = "\nLooks like: " if drawn else "Looks like: "
    for diagnosis in (c.diagnosis for c in checks if c.diagnosis is not None):
        if diagnosis.id not in seen:
            seen.add(diagnosis.id)
            _indented(console, Text.assemble((lead, "yellow"), diagnosis.idea))
            _indented(console, Text.assemble(("Hint: ", "yellow"), diagnosis.hint))
    if in_full:
        _output(console, check.stdout)
    if others:
        _indented(console, Text("The same in:", "dim"))
    for other in others:
        title = Text(f"{_title(other)} ({_loss(other)})", "dim")
        _hanging(console, Text(" " * (INDENT + 2)), title)


def _drawn(picture: Planes, width: int) -> list[str]:
    """The lines of a picture, with a title where it shows one plane of several."""
    drawn = planes.draw(picture, width)
    title = [f"{picture.name}:"] if "[" in picture.name else []
    return ["", *title, *drawn] if drawn else []


def _title(check: CheckResult) -> str:
    return one_line(check.title).rstrip(".")


def _loss(check: CheckResult) -> str:
    return f"−{check.max_score - check.score}"


def _output(console: Console, printed: str) -> None:
    lines = printable(printed).splitlines()
    if lines:
        _indented(console, Text("it printed:", "dim"))
        _indented(console, Text("\n".join(f"  {line}" for line in lines[:OUTPUT_LINES]), "dim"))
    if len(lines) > OUTPUT_LINES:
        _indented(console, Text(f"  … and {len(lines) - OUTPUT_LINES} more", "dim"))


def _hanging(console: Console, lead: Text, text: Text) -> None:
    """A paragraph whose lines begin where its text does."""
    grid = Table.grid()
    grid.add_row(lead, text)
    console.print(grid)


def _indented(console: Console, text: Text) -> None:
    if text.plain:
        console.print(Padding(text, (0, 0, 0, INDENT), expand=False))


def _closing(report: Report) -> list[str]:
    return [
        f"{report.duration:.1f} s on {report.device}, isolation {report.isolation}; "
        f"repeat exactly with --seed {report.seed}"
    ]
