"""The story of one grading: from a submission to a report. Imports no torch."""

import platform
import sys
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from importlib import metadata
from pathlib import Path

import grader
from grader import submission
from grader.model import (
    FULL_SCORE,
    CheckResult,
    Environment,
    Exercise,
    ExerciseResult,
    Job,
    Limits,
    Progress,
    Report,
    Status,
    Submission,
    TaskResult,
    Verdicts,
)
from grader.sandbox.session import Session


@dataclass(frozen=True)
class Settings:
    """How to grade. `tasks` chooses some of an exercise's tasks; empty means all of them."""

    seed: int
    tasks: tuple[str, ...] = ()
    device: str = "cpu"
    seconds: float | None = None
    memory_mb: int | None = None


def grade_all(
    work: Sequence[tuple[Exercise, Path]], settings: Settings, session: Session
) -> Report:
    """Grade one file for each exercise."""
    started, here = time.monotonic(), environment()
    results = tuple(grade_file(exercise, path, settings, session) for exercise, path in work)
    return Report(
        exercises=results,
        seed=settings.seed,
        device=settings.device,
        isolation=session.level,
        duration=round(time.monotonic() - started, 3),
        environment=here,
    )


def grade_file(
    exercise: Exercise, path: Path, settings: Settings, session: Session
) -> ExerciseResult:
    """Read one submission, have it examined, add up its points."""
    handed_in = submission.read(path)
    try:
        submission.check_text(handed_in)
        verdicts = examine(exercise, (handed_in,), settings, session)
    except submission.Unreadable as error:
        verdicts = Verdicts(error=str(error))
    return add_up(exercise, handed_in, verdicts, chosen_tasks(exercise, settings.tasks))


def examine(
    exercise: Exercise, layers: tuple[Submission, ...], settings: Settings, session: Session
) -> Verdicts:
    """Have a runner examine a submission."""
    return session.grade(job_of(exercise, layers, settings))


def job_of(exercise: Exercise, layers: tuple[Submission, ...], settings: Settings) -> Job:
    """What a runner has to know; a session adds how it isolates, and where."""
    limits = Limits(
        seconds=settings.seconds or exercise.limits.seconds,
        memory_mb=settings.memory_mb or exercise.limits.memory_mb,
    )
    return Job(
        exercise=exercise,
        layers=layers,
        tasks=chosen_tasks(exercise, settings.tasks),
        seed=settings.seed,
        device=settings.device,
        isolation="",
        limits=limits,
        scratch=Path(),
    )


def chosen_tasks(exercise: Exercise, wanted: Iterable[str]) -> tuple[str, ...]:
    """The names of the tasks to grade, in the order of the exercise."""
    names = tuple(task.name for task in exercise.tasks)
    chosen = set(wanted)
    return tuple(name for name in names if name in chosen) if chosen else names


def add_up(
    exercise: Exercise, handed_in: Submission, verdicts: Verdicts, tasks: tuple[str, ...]
) -> ExerciseResult:
    """Points of tasks and of the exercise. What could not be checked here does not count."""
    verdicts = replace(verdicts, checks=_with_causes(verdicts))
    results = tuple(_task_result(name, exercise.task(name).points, verdicts) for name in tasks)
    possible = sum(task.max_score for task in results)
    whole = sum(exercise.task(name).points for name in tasks)
    score = sum(task.score for task in results)
    if verdicts.error is None and 0 < possible < whole:
        score = score * whole // possible
    return ExerciseResult(
        exercise=exercise,
        path=handed_in.path,
        sha256=handed_in.sha256,
        status=_exercise_status(results, verdicts),
        score=score,
        max_score=whole,
        tasks=results,
        error=verdicts.error,
        stdout=verdicts.stdout,
    )


def _with_causes(verdicts: Verdicts) -> tuple[CheckResult, ...]:
    """The results of checks; a failure names the failed tasks that it may follow from."""
    failed = dict.fromkeys(c.task for c in verdicts.checks if c.status is not Status.PASSED)

    def with_cause(check: CheckResult) -> CheckResult:
        if check.status in (Status.PASSED, Status.NOT_IMPLEMENTED, Status.SKIPPED):
            return check
        causes = [task for task in failed if task in verdicts.reached.get(check.task, ())]
        if not causes:
            return check
        names = " and ".join(causes)
        message = f"{check.message}\nFollows from {names}? Mend that first."
        return replace(check, message=message)

    return tuple(map(with_cause, verdicts.checks))


def _task_result(name: str, points: int, verdicts: Verdicts) -> TaskResult:
    checks = tuple(check for check in verdicts.checks if check.task == name)
    counted = [check for check in checks if check.status is not Status.SKIPPED]
    possible = sum(check.max_score for check in counted) if checks else points
    score = sum(check.score for check in counted)
    status = _task_status(counted) if checks else Progress.FAILED
    return TaskResult(name, status, score, possible, checks)


def _task_status(checks: Sequence[CheckResult]) -> Progress:
    statuses = {check.status for check in checks}
    if statuses <= {Status.PASSED}:  # nothing was counted, or all of it was right
        return Progress.PASSED
    return Progress.NOT_STARTED if statuses == {Status.NOT_IMPLEMENTED} else Progress.FAILED


def _exercise_status(tasks: Sequence[TaskResult], verdicts: Verdicts) -> Progress:
    if verdicts.error is not None:
        return Progress.ERROR
    statuses = {task.status for task in tasks}
    if len(statuses) == 1:
        return statuses.pop()
    return Progress.FAILED


def environment() -> Environment:
    """The versions that a result depends on."""
    return Environment(
        grader=grader.__version__,
        python=platform.python_version(),
        torch=metadata.version("torch"),
        platform=f"{sys.platform}-{platform.machine()}",
    )


def reached(report: Report, percent: int) -> bool:
    """Whether every exercise earned at least this much of a hundred."""
    return all(
        result.score * FULL_SCORE >= percent * result.max_score for result in report.exercises
    )
