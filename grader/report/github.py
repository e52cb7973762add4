"""The report for GitHub Actions: annotations on stdout, a step summary, and step outputs.

Source: https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
"""

import base64
import os
import secrets

import msgspec

from grader.model import CheckResult, ExerciseResult, Report, Status
from grader.report import markdown, terminal, told
from grader.report.text import one_line, printable

# GitHub shows no more errors than this for a step.
MAX_ANNOTATIONS = 10
# A step summary above this is not shown at all.
MAX_SUMMARY = 1 << 20


def render(report: Report) -> str:
    """Workflow commands for the most useful errors, then the report for a person.

    The latter is wrapped so that nothing in it, whoever wrote it, is taken for a command.
    """
    annotations = [line for result in report.exercises for line in _annotations(result)]
    token = secrets.token_hex(16)
    lines = [*annotations[:MAX_ANNOTATIONS], f"::stop-commands::{token}"]
    return "\n".join([*lines, terminal.render(report).rstrip(), f"::{token}::", ""])


def step_summary(report: Report) -> str:
    """What goes into the file of `$GITHUB_STEP_SUMMARY`: less than a mebibyte of Markdown."""
    text = markdown.render(report)
    if len(text.encode()) < MAX_SUMMARY:
        return text
    return f"{report.score} of {report.max_score} points. The whole report is too long for here.\n"


def outputs(report: Report) -> str:
    """What goes into the file of `$GITHUB_OUTPUT`: points, and the classroom reporter's result.

    That reporter shows two totals, one of them counting tests and not points. So every check is
    worth 1 in `result`, and the totals agree; `score` and `max_score` are the points.
    """
    checks = [check for result in report.exercises for check in told.checks(result)]
    result = {
        "version": 1,
        "status": _status(report),
        "max_score": max(len(checks), 1),
        "tests": [
            _test(check, result) for result in report.exercises for check in _or_error(result)
        ],
    }
    encoded = base64.b64encode(msgspec.json.encode(result)).decode()
    return f"score={report.score}\nmax_score={report.max_score}\nresult={encoded}\n"


def tell_step(report: Report) -> None:
    """Append summary and outputs to the files that GitHub Actions names, if it is there."""
    for variable, text in (
        ("GITHUB_STEP_SUMMARY", step_summary(report)),
        ("GITHUB_OUTPUT", outputs(report)),
    ):
        if variable in os.environ:
            with open(os.environ[variable], "a", encoding="utf-8") as file:
                file.write(text)


def _annotations(result: ExerciseResult) -> list[str]:
    """The first failure of each task before second ones, those with a diagnosis before others."""
    if result.error is not None:
        return [_annotation(result.path, None, "cannot be imported", result.error)]
    ranked = [
        (place, check.diagnosis is None, number, check)
        for number, task in enumerate(result.tasks)
        for place, check in enumerate(c for c in task.checks if _is_worth_a_line(c))
    ]
    ranked.sort(key=lambda entry: entry[:3])
    return [
        _annotation(
            result.path, check.line, f"{check.task}: {told.title(check)}", told.story(check)
        )
        for *_, check in ranked
    ]


def _is_worth_a_line(check: CheckResult) -> bool:
    return check.status not in (Status.PASSED, Status.SKIPPED, Status.NOT_IMPLEMENTED)


def _annotation(path: str, line: int | None, title: str, text: str) -> str:
    place = f"file={_property(path)}" + (f",line={line}" if line else "")
    return f"::error {place},title={_property(title)}::{_data(text)}"


def _data(text: str) -> str:
    return printable(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(one_line(text)).replace(":", "%3A").replace(",", "%2C")


def _status(report: Report) -> str:
    if any(result.error is not None for result in report.exercises):
        return "error"
    return "pass" if report.score == report.max_score else "fail"


def _or_error(result: ExerciseResult) -> list[CheckResult | None]:
    return [None] if result.error is not None else [*told.checks(result)]


def _test(check: CheckResult | None, result: ExerciseResult) -> dict[str, object]:
    if check is None:
        status, name, message, line = "error", "import", result.error or "", None
    else:
        status = "pass" if told.passed(check) else "fail"
        name, message, line = told.name(check), told.story(check), check.line
    return {
        "name": f"{result.exercise.id}: {name}",
        "status": status,
        "score": int(status == "pass"),
        "message": printable(message),
        "test_code": "",
        "filename": result.path,
        "line_no": line or 0,
        "duration": round((check.duration if check is not None else 0) * 1000),
    }
