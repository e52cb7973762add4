"""Does a suite keep its promises? It is tried on every answer whose verdict is known.

The solution and the other right answers must get everything and the stub nothing, for every seed.
Each wrong answer, laid over the solution, must lose points in its own task alone, and be named as
itself and as nothing else.
"""

import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from grader import submission
from grader.errors import CourseError
from grader.grade import Settings, add_up, chosen_tasks, examine
from grader.model import Exercise, ExerciseResult, Progress
from grader.sandbox.session import Session


@dataclass(frozen=True)
class Trial:
    """One known answer and one seed to try it with. `kind` is solution, right, wrong or stub."""

    exercise: Exercise
    kind: str
    path: Path
    seed: int

    @property
    def name(self) -> str:
        """The answer, as a reader knows it."""
        return f"{self.kind} {self.path.stem}" if self.kind in ("right", "wrong") else self.kind

    @property
    def misconception(self) -> str:
        """The id of a wrong answer."""
        return self.path.stem.replace("_", "-")


@dataclass(frozen=True)
class Finding:
    """A trial, and what is wrong with its verdict; None when all is well."""

    trial: Trial
    complaint: str | None


def trials(exercise: Exercise, seeds: Iterable[int]) -> list[Trial]:
    """Every known answer of an exercise with every seed. Raises `CourseError` if one is missing."""
    right = sorted((exercise.suite / "right").glob("*.py"))
    wrong = sorted((exercise.suite / "wrong").glob("*.py"))
    if not right or not wrong:
        raise CourseError(f"{exercise.suite} needs right/ and wrong/ answers to be tried on.")
    answers = [("solution", exercise.solution), ("stub", exercise.stub)]
    answers += [("right", path) for path in right] + [("wrong", path) for path in wrong]
    return [Trial(exercise, kind, path, seed) for seed in seeds for kind, path in answers]


def verify(all_trials: Iterable[Trial], session: Session) -> Iterator[Finding]:
    """Try them all, as many at a time as there are processors; findings in order."""
    pool = ThreadPoolExecutor(os.cpu_count())
    try:
        yield from pool.map(lambda trial: Finding(trial, _complaint(trial, session)), all_trials)
    finally:
        # Whoever interrupts does not wait for what has not begun.
        pool.shutdown(wait=False, cancel_futures=True)


def _complaint(trial: Trial, session: Session) -> str | None:
    layers = [trial.path] if trial.kind != "wrong" else [trial.exercise.solution, trial.path]
    files = tuple(submission.read(path) for path in layers)
    settings = Settings(seed=trial.seed)
    verdicts = examine(trial.exercise, files, settings, session)
    result = add_up(trial.exercise, files[-1], verdicts, chosen_tasks(trial.exercise, ()))
    if result.error is not None:
        return f"cannot be imported: {result.error}"
    if trial.kind == "stub":
        return _stub_complaint(result)
    return _wrong_complaint(trial, result) if trial.kind == "wrong" else _right_complaint(result)


def _right_complaint(result: ExerciseResult) -> str | None:
    failed = next((c for t in result.tasks for c in t.checks if c.status != "passed"), None)
    return None if failed is None else f"fails {failed.id}: {failed.message}"


def _stub_complaint(result: ExerciseResult) -> str | None:
    if result.score == 0 and result.status is Progress.NOT_STARTED:
        return None
    return f"gets {result.score} points and counts as {result.status}"


def _wrong_complaint(trial: Trial, result: ExerciseResult) -> str | None:
    text = trial.path.read_text("utf-8")
    own = [t.name for t in result.tasks if f"def {t.name}(" in text or f"class {t.name}(" in text]
    hurt = [task.name for task in result.tasks if task.score < task.max_score]
    if not hurt:
        return "gets all points"
    if hurt != own[:1]:
        return f"defines {', '.join(own) or 'no task'} and costs points in {', '.join(hurt)}"
    named = [c.diagnosis.id for t in result.tasks for c in t.checks if c.diagnosis is not None]
    others = sorted(set(named) - {trial.misconception})
    if others:
        return f"is taken for {', '.join(others)}"
    return None if named else "is not recognised by any check"
