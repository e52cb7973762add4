"""The report as Gradescope's `results.json`.

Source: https://gradescope-autograders.readthedocs.io/en/latest/specs/
"""

from typing import Any

import msgspec

from grader.model import CheckResult, ExerciseResult, Report
from grader.report import told
from grader.report.text import printable

# Gradescope names no limit for a text; a megabyte of results is known to be fine.
MAX_OUTPUT = 8_000


def render(report: Report) -> str:
    """One JSON object: a score, and a test for each check."""
    many = len(report.exercises) > 1
    data = {
        "score": report.score,
        "execution_time": round(report.duration),
        "output": "\n".join(_summary(result) for result in report.exercises),
        "output_format": "text",
        "test_output_format": "text",
        "test_name_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": [_test(c, r, many) for r in report.exercises for c in told.checks(r)],
        "extra_data": {"seed": report.seed, "isolation": report.isolation},
    }
    return msgspec.json.format(msgspec.json.encode(data), indent=1).decode() + "\n"


def _summary(result: ExerciseResult) -> str:
    score = f"{result.exercise.title}: {result.score} of {result.max_score} points."
    if result.error is None:
        return score
    return f"{score}\nThe file cannot be imported.\n{printable(result.error)}"


def _test(check: CheckResult, result: ExerciseResult, many: bool) -> dict[str, Any]:
    name = told.name(check)
    return {
        "name": f"{result.exercise.id}: {name}" if many else name,
        "score": check.score,
        "max_score": check.max_score,
        "status": "passed" if told.passed(check) else "failed",
        "output": told.story(check)[:MAX_OUTPUT],
    }
