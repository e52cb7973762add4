"""Reports to draw: made of a few words each."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from grader.model import (
    CheckResult,
    Environment,
    Exercise,
    ExerciseResult,
    Forbidden,
    Limits,
    Progress,
    Report,
    Status,
    Task,
    TaskResult,
)


def an_exercise(
    *, number: int = 7, slug: str = "pooling", title: str = "Pooling", tasks: tuple[str, ...] = ()
) -> Exercise:
    """An exercise whose tasks have no hints."""
    return Exercise(
        stem=f"exercise{number:02}_{slug}",
        number=number,
        slug=slug,
        title=title,
        summary="",
        tasks=tuple(Task(name, 50, (), Forbidden()) for name in tasks),
        limits=Limits(),
        root=Path("/course"),
    )


def a_check(
    title: str = "Windows overlap.", status: Status = Status.FAILED, **more: Any
) -> CheckResult:
    """A check of `pool`, 10 points."""
    score = 10 if status is Status.PASSED else 0
    usual: dict[str, Any] = {
        "id": "pool/overlap", "task": "pool", "title": title, "status": status, "score": score,
        "max_score": 10, "duration": 0.004,
    }  # fmt: skip
    return CheckResult(**(usual | more))


def a_task(
    *checks: CheckResult, name: str = "pool", status: Progress = Progress.FAILED
) -> TaskResult:
    """A task and its checks."""
    score, possible = sum(c.score for c in checks), sum(c.max_score for c in checks)
    return TaskResult(name, status, score, possible, checks)


def a_result(*tasks: TaskResult, status: Progress = Progress.FAILED, **more: Any) -> ExerciseResult:
    """A graded file. `exercise` is what `an_exercise` takes; the rest are fields of the result."""
    described = {"tasks": tuple(t.name for t in tasks)} | more.pop("exercise", {})
    usual: dict[str, Any] = {
        "exercise": an_exercise(**described), "path": "exercises/pooling.py", "sha256": "f00d",
        "status": status, "tasks": tasks,
        "score": sum(t.score for t in tasks), "max_score": sum(t.max_score for t in tasks),
    }  # fmt: skip
    return ExerciseResult(**(usual | more))


def a_report(*results: ExerciseResult, **more: Any) -> Report:
    """A report under fixed conditions."""
    usual: dict[str, Any] = {
        "seed": 123456, "device": "cpu", "isolation": "strict", "duration": 1.25,
        "environment": Environment("1.0", "3.11.7", "2.13.0", "linux-x86_64"),
    }  # fmt: skip
    return Report(results, **(usual | more))


@pytest.fixture
def make() -> SimpleNamespace:
    """Makes what reports are made of: `make.report(make.result(make.task(make.check())))`."""
    return SimpleNamespace(
        exercise=an_exercise, check=a_check, task=a_task, result=a_result, report=a_report
    )


@pytest.fixture
def failing(make):
    """Makes a report of one failed check with these fields."""
    return lambda **fields: make.report(make.result(make.task(make.check(**fields))))
