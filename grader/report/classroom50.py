"""The report as Classroom 50's `result.json`, schema `classroom50/result/v1`.

What identifies the submission comes from the environment of the job, as that service sets it.
Source: https://github.com/foundation50/classroom50/wiki/Advanced-Autograding
"""

import os
from datetime import UTC, datetime
from typing import Any

import msgspec

from grader.model import CheckResult, ExerciseResult, Report
from grader.report import told

SCHEMA = "classroom50/result/v1"
# Which variable fills which field.
FIELDS = {
    "classroom": "CLASSROOM",
    "assignment": "ASSIGNMENT",
    "assignment_type": "ASSIGNMENT_TYPE",
    "owner": "OWNER",
    "submission": "SUBMISSION_TAG",
    "commit": "COMMIT_URL",
    "release": "RELEASE_URL",
    "review": "REVIEW_URL",
}


def render(report: Report) -> str:
    """One JSON object; points are integers and add up."""
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    tests = [_test(check, result) for result in report.exercises for check in told.checks(result)]
    data: dict[str, Any] = {"schema": SCHEMA}
    data |= {field: os.environ.get(variable, "") for field, variable in FIELDS.items()}
    data["owner"] = data["owner"] or os.environ.get("USERNAME", "")
    data["assignment_type"] = data["assignment_type"] or "individual"
    data |= {
        "datetime": os.environ.get("COMMIT_DATE", now),
        "graded_at": now,
        "score": sum(test["score"] for test in tests),
        "max-score": sum(test["max-score"] for test in tests) or report.max_score,
        "tests": tests,
    }
    return msgspec.json.format(msgspec.json.encode(data), indent=1).decode() + "\n"


def _test(check: CheckResult, result: ExerciseResult) -> dict[str, Any]:
    return {
        "test-name": f"{result.exercise.id}: {told.name(check)}",
        "passed": told.passed(check),
        "score": check.score,
        "max-score": check.max_score,
        "output": told.story(check),
    }
