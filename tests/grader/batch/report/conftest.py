"""Entries of a class: made of a few words each."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest

from grader.batch.model import Entry, HandIn, Student
from grader.model import (
    CheckResult,
    Diagnosis,
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
    number: int = 3,
    slug: str = "max_unpool",
    title: str = "Pooling and its inverse",
    tasks: Sequence[str] = (),
) -> Exercise:
    """An exercise of these tasks."""
    made = tuple(Task(name, 10, (), Forbidden()) for name in tasks)
    stem = f"exercise{number:02}_{slug}"
    return Exercise(stem, number, slug, title, "", made, Limits(), Path("/course"))


def a_student(key: str = "ada", name: str = "Ada Lovelace") -> Student:
    """A student."""
    return Student(key, name)


def an_entry(
    student: Student,
    score: int | None = 87,
    exercise: Exercise | None = None,
    error: str | None = None,
    *,
    why: str = "",
    late: bool = False,
) -> Entry:
    """An entry without checks; with `score=None` there was nothing to grade."""
    exercise = exercise or an_exercise()
    status = Progress.ERROR if error else Progress.FAILED
    result = ExerciseResult(exercise, "answer.py", "f00d", status, score or 0, 100, (), error)
    handed_in = HandIn(student, exercise.stem, Path("answer.py"), why=why, late=late)
    return Entry(handed_in, None if score is None else _report(result))


def graded(
    key: str,
    tasks: Mapping[str, Sequence[Status | Diagnosis]],
    *,
    exercise: Exercise | None = None,
    name: str = "",
    message: str = "",
    status: Status = Status.FAILED,
    progress: Progress = Progress.FAILED,
) -> Entry:
    """An entry with a check of 10 points for each ending; a diagnosed one has this `status`."""
    results = []
    for task, endings in tasks.items():
        checks = tuple(
            _check(task, number, ending, status, message) for number, ending in enumerate(endings)
        )
        counted = [check for check in checks if check.status is not Status.SKIPPED]
        score, possible = sum(c.score for c in counted), sum(c.max_score for c in counted)
        results.append(TaskResult(task, progress, score, possible, checks))
    exercise = exercise or an_exercise(tasks=tuple(tasks))
    score, possible = sum(t.score for t in results), sum(t.max_score for t in results)
    result = ExerciseResult(
        exercise, "answer.py", "f00d", progress, score, possible, tuple(results)
    )
    return Entry(HandIn(Student(key, name), exercise.stem, Path("answer.py")), _report(result))


def _check(
    task: str, number: int, ending: Status | Diagnosis, status: Status, message: str
) -> CheckResult:
    diagnosis = ending if isinstance(ending, Diagnosis) else None
    ended = status if isinstance(ending, Diagnosis) else ending
    return CheckResult(
        f"{task}/{number}", task, "Title.", ended, 10 * (ended is Status.PASSED), 10, 0.1,
        message=message or f"check {number}", diagnosis=diagnosis,
    )  # fmt: skip


def _report(result: ExerciseResult) -> Report:
    environment = Environment("1.0", "3.11.7", "2.13.0", "linux-x86_64")
    return Report((result,), 1, "cpu", "strict", 0.1, environment)


@pytest.fixture
def make() -> SimpleNamespace:
    """Makes what a class report is made of: `make.graded("ada", {"pool": [Status.PASSED]})`."""
    return SimpleNamespace(exercise=an_exercise, student=a_student, entry=an_entry, graded=graded)
