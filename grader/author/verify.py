"""Does a suite keep its promises? It is tried on every answer whose verdict is known.

The solution and the other right answers must get everything and the stub nothing, for every seed.
Each wrong answer, laid over the solution, must lose points in its own task alone, and be named as
itself and as nothing else.
"""

import ast
import os
from collections.abc import Iterable, Iterator, Sequence
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
    """One known answer and one seed to try it with. `kind` is solution, right, wrong or stub.

    `tasks` are those to examine; empty means all of them.
    """

    exercise: Exercise
    kind: str
    path: Path
    seed: int
    tasks: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The answer and the seed, as a reader knows them."""
        answer = f"{self.kind} {self.path.stem}" if self.kind in ("right", "wrong") else self.kind
        return f"{self.exercise.id}, {answer}, seed {self.seed}"

    @property
    def misconception(self) -> str:
        """The id of a wrong answer."""
        return self.path.stem.replace("_", "-")


@dataclass(frozen=True)
class Finding:
    """A trial, and what is wrong with its verdict; None when all is well."""

    trial: Trial
    complaint: str | None


def trials(exercise: Exercise, seeds: Sequence[int]) -> list[Trial]:
    """Every known answer of an exercise with every seed. Raises `CourseError` if one is missing."""
    right, wrong = exercise.right_answers, exercise.wrong_answers
    if not right or not wrong:
        raise CourseError(f"{exercise.suite} needs right/ and wrong/ answers to be tried on.")
    answers = [("solution", exercise.solution), ("stub", exercise.stub)]
    answers += [("right", path) for path in right] + [("wrong", path) for path in wrong]
    first, *others = seeds
    found = [Trial(exercise, kind, path, first) for kind, path in answers]
    # A wrong answer leaves the solution's other tasks alone; with one seed that is looked at, with
    # the others it would only be the solution again.
    narrow = {path: _tasks_in(path, exercise) for path in wrong}
    found += [
        Trial(exercise, kind, path, seed, narrow.get(path, ()))
        for seed in others
        for kind, path in answers
    ]
    return found


def _tasks_in(path: Path, exercise: Exercise) -> tuple[str, ...]:
    """The tasks that a file defines."""
    tree = ast.parse(path.read_text("utf-8"))
    defined = {n.name for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef)}
    return tuple(task.name for task in exercise.tasks if task.name in defined)


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
    settings = Settings(seed=trial.seed, tasks=trial.tasks)
    verdicts = examine(trial.exercise, files, settings, session)
    tasks = chosen_tasks(trial.exercise, trial.tasks)
    result = add_up(trial.exercise, files[-1], verdicts, tasks)
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
    own = list(_tasks_in(trial.path, trial.exercise))
    hurt = [task.name for task in result.tasks if task.score < task.max_score]
    if not hurt:
        return "gets all points"
    if hurt != own:
        return f"defines {', '.join(own) or 'no task'} and costs points in {', '.join(hurt)}"
    named = [c.diagnosis.id for t in result.tasks for c in t.checks if c.diagnosis is not None]
    others = sorted(set(named) - {trial.misconception})
    if others:
        return f"is taken for {', '.join(others)}"
    return None if named else "is not recognised by any check"
