"""The report as GitHub-flavoured Markdown: a table, then each failure."""

import re

from grader.model import CheckResult, ExerciseResult, Report, Status
from grader.report import told
from grader.report.text import one_line, printable

MARKS = {"passed": "✅", "failed": "❌", "error": "❌", "not_started": "▫️"}
_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|<>~@&])")


def render(report: Report) -> str:
    """One document; what student code wrote can neither be markup nor a mention in it."""
    parts = [part for result in report.exercises for part in _exercise(result)]
    closing = (
        f"{report.duration:.1f} s on {report.device}, isolation {report.isolation}, "
        f"seed {report.seed}"
    )
    return "\n".join([*parts, closing, ""])


def escaped(text: str) -> str:
    """Text on one line that shows as it is."""
    return _SPECIAL.sub(r"\\\1", one_line(text))


def fenced(text: str) -> str:
    """Text in a code block that it cannot end."""
    plain = printable(text).rstrip()
    longest = max((len(run) for run in re.findall(r"`+", plain)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{plain}\n{fence}"


def _exercise(result: ExerciseResult) -> list[str]:
    title = f"{result.exercise.id}: {result.exercise.title}"
    lines = [f"## {escaped(title)}: {result.score} of {result.max_score}", ""]
    if result.error is not None:
        return [*lines, "The file cannot be imported.", "", fenced(result.error), ""]
    lines += ["| | task | points |", "|---|---|---|"]
    lines += [
        f"| {MARKS[task.status]} | `{task.name}` | {task.score} of {task.max_score} |"
        for task in result.tasks
    ]
    lines.append("")
    for check in told.checks(result):
        if check.status not in (Status.PASSED, Status.SKIPPED, Status.NOT_IMPLEMENTED):
            lines += _failure(check)
    return lines


def _failure(check: CheckResult) -> list[str]:
    lost = check.max_score - check.score
    return [f"**{escaped(check.task)}: {escaped(told.title(check))}** (−{lost})", "",
            fenced(told.story(check)), ""]  # fmt: skip
