"""The report as one JSON object, schema 1."""

from typing import Any

import msgspec

from grader.model import CheckResult, ExerciseResult, Report, TaskResult
from grader.report.text import printable

SCHEMA = 1


def render(report: Report) -> str:
    """The whole report; what student code wrote has no control characters left."""
    return msgspec.json.format(msgspec.json.encode(as_data(report)), indent=1).decode() + "\n"


def as_data(report: Report) -> dict[str, Any]:
    """The report as the plain data that is encoded."""
    return {
        "schema": SCHEMA,
        "score": report.score,
        "max_score": report.max_score,
        "seed": report.seed,
        "device": report.device,
        "isolation": report.isolation,
        "duration": report.duration,
        "environment": report.environment,
        "exercises": [_exercise(result) for result in report.exercises],
    }


def _exercise(result: ExerciseResult) -> dict[str, Any]:
    return {
        "id": result.exercise.id,
        "stem": result.exercise.stem,
        "title": result.exercise.title,
        "submission": {"path": result.path, "sha256": result.sha256},
        "status": result.status,
        "score": result.score,
        "max_score": result.max_score,
        "error": None if result.error is None else printable(result.error),
        "tasks": [_task(task, result) for task in result.tasks],
    }


def _task(task: TaskResult, result: ExerciseResult) -> dict[str, Any]:
    return {
        "name": task.name,
        "status": task.status,
        "score": task.score,
        "max_score": task.max_score,
        "checks": [_check(check, result) for check in task.checks],
    }


def _check(check: CheckResult, result: ExerciseResult) -> dict[str, Any]:
    diagnosis = check.diagnosis
    return {
        "id": check.id,
        "title": printable(check.title),
        "status": check.status,
        "score": check.score,
        "max_score": check.max_score,
        "duration": check.duration,
        "message": printable(check.message),
        "diagnosis": None if diagnosis is None else {"id": diagnosis.id, "hint": diagnosis.hint},
        "stdout": printable(check.stdout),
        "file": result.path,
        "line": check.line,
    }
