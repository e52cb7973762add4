"""A hidden suite at work: pytest runs it, on a student's code or on the solution.

This is the only file that knows pytest. In a runner (`run`) the examined code is a student's,
behind a process border, and each check ends as a `CheckResult`. With plain `pytest` at the root
(`SolutionSuite`) it is the solution, and a check that fails is a failing test.
"""

import contextlib
import importlib
import io
import os
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NoReturn

import pytest
import pytest_timeout
from _pytest.config import default_plugins

from grader import course
from grader.bank import Bank, load_module, local_subject, parameters_of
from grader.checks.draw import Draw
from grader.checks.experiment import Examination, Outcome
from grader.checks.vocabulary import Points
from grader.checks.words import WORDS
from grader.diagnosis import WrongAnswer, diagnose
from grader.ending import Ending, ending_of
from grader.errors import CourseError, SandboxError
from grader.examinee import Examinee
from grader.model import CheckResult, Diagnosis, Job, Status
from grader.sandbox.failure import Garbled
from grader.sandbox.limits import PATIENCE
from grader.sandbox.proxy import Subject
from grader.sandbox.remote import ForbiddenOperator, ImportFailed, WorkerLost
from grader.source import ForbiddenUse

# Which of pytest's own plugins a hidden suite does without. They cost more than the suite.
UNNEEDED = (
    "cacheprovider", "debugging", "doctest", "faulthandler", "junitxml", "legacypath", "logging",
    "pastebin", "recwarn", "setuponly", "setupplan", "stepwise", "threadexception", "unittest",
    "unraisableexception",
)  # fmt: skip
for _name in set(default_plugins) - set(UNNEEDED):
    importlib.import_module(f"_pytest.{_name}")  # now, and not in each runner

# Tells the draw that confirms a diagnosis from the draw of the check.
SECOND_DRAW = 0x5EED


def run(job: Job, examinee: Examinee, bank: Bank) -> list[CheckResult]:
    """Every check of the job's tasks, as pytest runs it, in the order of the tasks."""
    plugin = StudentSuite(job, examinee, bank)
    suite = job.exercise.suite
    arguments = [
        str(suite / f"test_{job.exercise.slug}.py"),
        *(part for name in UNNEEDED for part in ("-p", f"no:{name}")),
        "-c", os.devnull, "--rootdir", str(suite), "--import-mode=importlib", "--noconftest",
        "-q", "--no-header", "--tb=short", "--assert=plain", "--capture=no",
        f"--timeout={job.limits.seconds * PATIENCE * 2}", "--timeout-method=signal",
    ]  # fmt: skip
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    written = io.StringIO()
    with contextlib.redirect_stdout(written):
        status = pytest.main(arguments, plugins=[pytest_timeout, plugin])
    if plugin.broken is not None:
        raise plugin.broken
    if status not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        raise CourseError(
            f"The suite of {job.exercise.id} cannot be run:\n{written.getvalue().strip()[-2000:]}"
        )
    return plugin.results


def check_id(item: pytest.Function) -> str:
    """`corr2d/rectangles` for `test_rectangles` with points in `corr2d`."""
    return f"{points_of(item).task}/{item.name.removeprefix('test_')}"


def points_of(item: pytest.Function) -> Points:
    """What a check is worth. Raises `CourseError` when it does not say so."""
    points = getattr(item.function, "points", None)
    if not isinstance(points, Points):
        raise CourseError(f"{item.name} in {item.path} has no @points(task, points).")
    return points


class ExerciseSuite:
    """The fixtures of a hidden suite; what is examined is a subclass's business."""

    def examination_of(self, item: pytest.Function) -> Examination:
        """The examination for one check."""
        raise NotImplementedError

    @pytest.fixture
    def examination(self, request: pytest.FixtureRequest) -> Examination:
        """What the words of a check are spoken in."""
        return self.examination_of(request.node)

    @pytest.fixture
    def draw(self, request: pytest.FixtureRequest, examination: Examination) -> Draw:
        """The inputs of a check."""
        return Draw(examination.seed, check_id(request.node))

    @pytest.fixture
    def same(self, examination: Examination) -> Any:
        """See `grader.checks.words.Same`."""
        return WORDS["same"](examination)

    @pytest.fixture
    def portable(self, examination: Examination) -> Any:
        """See `grader.checks.words.Portable`."""
        return WORDS["portable"](examination)

    @pytest.fixture
    def rejects(self, examination: Examination) -> Any:
        """See `grader.checks.words.Rejects`."""
        return WORDS["rejects"](examination)

    @pytest.fixture
    def unchanged(self, examination: Examination) -> Any:
        """See `grader.checks.words.Unchanged`."""
        return WORDS["unchanged"](examination)

    @pytest.fixture
    def holds(self, examination: Examination) -> Any:
        """See `grader.checks.words.Holds`."""
        return WORDS["holds"](examination)


class SolutionSuite(ExerciseSuite):
    """For plain `pytest`: every suite examines its own exercise's solution, in this process."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def examination_of(self, item: pytest.Function) -> Examination:
        """The solution, judged by the reference."""
        solution, bank = _solution_and_bank(item.path.parent.name)
        return Examination(solution, bank.reference, self.seed)


@cache
def _solution_and_bank(stem: str) -> tuple[Subject, Bank]:
    exercise = course.load(course.root() / "exercises" / stem)
    bank = Bank(exercise)
    # Arguments are named after the reference's, for a student as well.
    return local_subject(load_module(exercise.solution), parameters=bank.module), bank


class StudentSuite(ExerciseSuite):
    """For a runner: examines a student's code and collects the results."""

    def __init__(self, job: Job, examinee: Examinee, bank: Bank) -> None:
        self.job = job
        self.examinee = examinee
        self.bank = bank
        self.results: list[CheckResult] = []
        self.broken: Exception | None = None
        self._named: dict[str, set[str]] = {}
        self._forbidden: dict[str, list[ForbiddenUse]] = {}
        self._parameters = parameters_of(bank.module)

    def examination_of(self, item: pytest.Function) -> Examination:
        """The student's code in its worker, judged by the reference."""
        return Examination(
            self._student(points_of(item).task), self.bank.reference, self.job.seed, self.job.device
        )

    def _student(self, task: str) -> Subject:
        return Subject(self.examinee.transport(task), parameters=self._parameters)

    def pytest_collection_modifyitems(self, items: list[pytest.Function]) -> None:
        """Choose the checks of the job's tasks; a task's checks stay together."""
        tasks = self.job.tasks
        try:
            _check_points(self.job, [points_of(item) for item in items])
            self.examinee.admit()
        except (CourseError, SandboxError, ImportFailed, WorkerLost) as error:
            self._stop(error)
        self._forbidden = {task: self.examinee.forbidden_uses(task) for task in tasks}
        chosen = [item for item in items if points_of(item).task in tasks]
        items[:] = sorted(chosen, key=lambda item: tasks.index(points_of(item).task))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Function) -> Iterator[None]:
        """Refuse a task whose text holds a forbidden call, before anything of it is run."""
        task = points_of(item).task
        if self._forbidden[task]:
            use = self._forbidden[task][0]
            raise ForbiddenOperator(use.name, use.line)
        self.examinee.begin_check(task)
        yield

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Function, call: pytest.CallInfo[None]
    ) -> Iterator[Any]:
        """Turn what happened into a result."""
        report = yield
        if call.when == "call" or call.excinfo is not None:
            error = call.excinfo.value if call.excinfo is not None else None
            self.results.append(self._result(item, error, call.duration))
        return report

    def _result(
        self, item: pytest.Function, error: BaseException | None, duration: float
    ) -> CheckResult:
        mark, title = points_of(item), (item.function.__doc__ or item.name).strip()
        passed = error is None
        ending = Ending(Status.PASSED, "") if error is None else self._ending(item, error)
        failed = ending.failed
        printed = self.examinee.take_output(mark.task)
        return CheckResult(
            id=check_id(item),
            task=mark.task,
            title=title.partition("\n")[0],
            status=ending.status,
            score=mark.points if passed else 0,
            max_score=mark.points,
            duration=round(duration, 4),
            message=ending.message,
            call="; ".join(failed.outcome.calls) if failed is not None else "",
            diagnosis=self._diagnosis(item, ending),
            planes=failed.difference.planes if failed and failed.difference else None,
            stdout="" if passed else printed,
            line=None if passed else ending.line or self.examinee.line_of(mark.task),
        )

    def _ending(self, item: pytest.Function, error: BaseException) -> Ending:
        """Sort what ended a check; what is nobody's wrong answer stops the whole run."""
        if isinstance(error, pytest.fail.Exception):
            return Ending(Status.TIMEOUT, "it did not come to an end")
        ending = ending_of(points_of(item).task, error, self.examinee)
        if ending is None:
            if not isinstance(error, SandboxError | CourseError):
                text = f"The check {check_id(item)} of {self.job.exercise.id} is broken: {error!r}."
                self._stop(CourseError(text))
            self._stop(error)
        return ending

    def _diagnosis(self, item: pytest.Function, ending: Ending) -> Diagnosis | None:
        """The misconception behind a failure, if the course knows it."""
        if ending.failed is None or ending.status not in (Status.FAILED, Status.ERROR):
            return None
        task, seed = points_of(item).task, self.job.seed
        examination: Any = item.funcargs["examination"]
        candidates = self.bank.wrong_answers(task)
        # What explained an earlier failure of the task is tried alone first. Where several wrong
        # answers do the same, that failure has told them apart already.
        known = [c for c in candidates if c.diagnosis.id in self._named.get(task, ())]

        def replay(subject: Subject, seed: int) -> Sequence[Outcome]:
            return self._replay(item, subject, seed)

        def find(suspects: list[WrongAnswer]) -> Diagnosis | None:
            seeds = (seed, seed ^ SECOND_DRAW)
            student = self._student(task)
            return diagnose(examination.outcomes, student, suspects, replay=replay, seeds=seeds)

        try:
            found = find(known) or find([c for c in candidates if c not in known])
        except (WorkerLost, ForbiddenOperator, ImportFailed, Garbled):
            return None  # it behaves differently now, so nothing can be said of it
        if found is not None:
            self._named.setdefault(task, set()).add(found.id)
        return found

    def _replay(self, item: pytest.Function, subject: Subject, seed: int) -> Sequence[Outcome]:
        """Run a check once more, on another subject or draw, only to see what happens."""
        examination = Examination(subject, None, seed, self.job.device)
        words: dict[str, Any] = {name: word(examination) for name, word in WORDS.items()}
        words["draw"] = Draw(seed, check_id(item))
        arguments = {name: words.get(name, value) for name, value in item.funcargs.items()}
        wanted = item._fixtureinfo.argnames
        item.function(**{name: arguments[name] for name in wanted})
        return examination.outcomes

    def _stop(self, error: Exception) -> NoReturn:
        self.broken = self.broken or error
        raise pytest.exit.Exception(str(error), returncode=int(pytest.ExitCode.INTERNAL_ERROR))


def _check_points(job: Job, marks: Sequence[Points]) -> None:
    """The checks of each task must add up to what the task is worth."""
    for task in job.exercise.tasks:
        total = sum(mark.points for mark in marks if mark.task == task.name)
        if total != task.points:
            raise CourseError(
                f"The checks of {task.name} in {job.exercise.stem} are worth {total} points; "
                f"exercise.toml says {task.points}."
            )
    unknown = {mark.task for mark in marks} - {task.name for task in job.exercise.tasks}
    if unknown:
        raise CourseError(f"{job.exercise.stem} has checks of unknown tasks: {sorted(unknown)}.")
