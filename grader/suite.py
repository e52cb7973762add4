"""A hidden suite at work: pytest runs it, on a student's code or on the solution.

This is the only file that knows pytest. In a runner (`run`) the examined code is a student's,
behind a process border, and each check ends as a `CheckResult`. With plain `pytest` at the root
(`SolutionSuite`) it is the solution, and a check that fails is a failing test.
"""

import contextlib
import importlib
import io
import os
import time
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Any, NoReturn

import pytest
import pytest_timeout
from _pytest.config import default_plugins

from grader import course
from grader.bank import Bank, load_module, local_subject
from grader.checks.draw import Draw
from grader.checks.experiment import Examination
from grader.checks.vocabulary import Points
from grader.checks.words import WORDS
from grader.errors import CourseError, SandboxError
from grader.judge import Check, Judge
from grader.model import CheckResult, Exercise
from grader.sandbox.limits import PATIENCE
from grader.sandbox.proxy import Subject
from grader.sandbox.remote import ImportFailed, WorkerLost

# Which of pytest's own plugins a hidden suite does without. They cost more than the suite.
UNNEEDED = (
    "cacheprovider", "debugging", "doctest", "faulthandler", "junitxml", "legacypath",
    "logging", "monkeypatch", "pastebin", "recwarn", "reports", "setuponly", "setupplan",
    "stepwise", "subtests", "threadexception", "unittest", "unraisableexception", "warnings",
)  # fmt: skip
for _name in set(default_plugins) - set(UNNEEDED):
    importlib.import_module(f"_pytest.{_name}")  # now, and not in each runner


def run(
    exercise: Exercise, seconds: float, enter: Callable[[Sequence[Check]], Judge]
) -> list[CheckResult]:
    """Every check of a job's tasks, as pytest runs it, in the order of the tasks.

    `enter` is called once the checks are there, and gives who judges a submission by them;
    `seconds` is how long a check of that may take.
    """
    plugin = StudentSuite(exercise, enter)
    suite = exercise.suite
    arguments = [
        str(suite / f"test_{exercise.slug}.py"),
        *(part for name in UNNEEDED for part in ("-p", f"no:{name}")),
        "-c", os.devnull, "--rootdir", str(suite), "--import-mode=importlib", "--noconftest",
        "-q", "--no-header", "--tb=short", "--assert=plain", "--capture=no",
        f"--timeout={seconds * PATIENCE * 2}", "--timeout-method=signal",
    ]  # fmt: skip
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    written = io.StringIO()
    with contextlib.redirect_stdout(written):
        status = pytest.main(arguments, plugins=[pytest_timeout, plugin])
    if plugin.broken is not None:
        raise plugin.broken
    if status not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        raise CourseError(
            f"The suite of {exercise.id} cannot be run:\n{written.getvalue().strip()[-2000:]}"
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
    """For a runner: has a student's code judged and collects the results."""

    def __init__(self, exercise: Exercise, enter: Callable[[Sequence[Check]], Judge]) -> None:
        self.exercise = exercise
        self.enter = enter
        self.results: list[CheckResult] = []
        self.broken: Exception | None = None

    def examination_of(self, item: pytest.Function) -> Examination:
        """The student's code in its worker, judged by the reference."""
        return self.judge.examination(_check_of(item))

    def pytest_collection_modifyitems(
        self, session: pytest.Session, items: list[pytest.Function]
    ) -> None:
        """See that the checks are worth what their tasks are."""
        if session.testsfailed:
            return  # pytest tells what cannot be collected
        try:
            _check_points(self.exercise, [points_of(item) for item in items])
        except CourseError as error:
            self._stop(error)
        self._checks = [_check_of(item) for item in items]

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Have a submission enter, and run the checks of one of its job's tasks after the other."""
        if session.testsfailed:
            return None
        items: list[Any] = session.items
        try:
            self.judge = self.enter(self._checks)
        except (CourseError, SandboxError, ImportFailed, WorkerLost) as error:
            self._stop(error)
        for task in self.judge.tasks():
            for item, check in zip(items, self._checks, strict=True):
                if check.task == task:
                    # Whatever comes next, it is of the same module: what that has set up, it keeps.
                    following = next((other for other in items if other is not item), None)
                    item.ihook.pytest_runtest_protocol(item=item, nextitem=following)
        return True

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Function) -> bool | None:
        """Run a check that asks for words alone: pytest's way with fixtures takes longer than it.

        The hooks around it, the backstop for endless checks among them, are there all the same.
        """
        check = _check_of(item)
        if not check.in_words_alone:
            return None
        examination, error = None, None
        started = time.perf_counter()
        try:
            self.judge.begin(check.task)
            examination = self.judge.examination(check)
            check.run(examination)
        except (pytest.exit.Exception, KeyboardInterrupt):
            raise
        except BaseException as raised:
            error = raised
        self._note(check, examination, error, time.perf_counter() - started)
        return True

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Function) -> Iterator[None]:
        """Start the clock of a check, unless its task is refused unseen."""
        self.judge.begin(points_of(item).task)
        yield

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Function, call: pytest.CallInfo[None]
    ) -> Iterator[Any]:
        """Note what came of a check."""
        report = yield
        if call.when == "call" or call.excinfo is not None:
            error = call.excinfo.value if call.excinfo is not None else None
            self._note(_check_of(item), item.funcargs.get("examination"), error, call.duration)
        return report

    def _note(
        self,
        check: Check,
        examination: Any,
        error: BaseException | None,
        seconds: float,
    ) -> None:
        """Turn what happened into a result; what is nobody's wrong answer stops the whole run."""
        if isinstance(error, pytest.fail.Exception):
            error = TimeoutError()
        try:
            self.results.append(self.judge.result(check, examination, error, seconds))
        except (CourseError, SandboxError) as ours:
            self._stop(ours)

    def _stop(self, error: Exception) -> NoReturn:
        self.broken = self.broken or error
        raise pytest.exit.Exception(str(error), returncode=int(pytest.ExitCode.INTERNAL_ERROR))


def _check_of(item: pytest.Function) -> Check:
    """A check as it can be run without pytest."""
    mark, title = points_of(item), (item.function.__doc__ or item.name).strip()
    # What pytest has found for it already, and what it is parametrized with.
    given = {name: value for name, value in item.funcargs.items() if name not in WORDS}
    parameters = {**given, **(item.callspec.params if hasattr(item, "callspec") else {})}
    return Check(
        id=check_id(item),
        task=mark.task,
        points=mark.points,
        title=title.partition("\n")[0],
        function=item.function,
        arguments=item._fixtureinfo.argnames,
        parameters=parameters,
    )


def _check_points(exercise: Exercise, marks: Sequence[Points]) -> None:
    """The checks of each task must add up to what the task is worth."""
    for task in exercise.tasks:
        total = sum(mark.points for mark in marks if mark.task == task.name)
        if total != task.points:
            raise CourseError(
                f"The checks of {task.name} in {exercise.stem} are worth {total} points; "
                f"exercise.toml says {task.points}."
            )
    unknown = {mark.task for mark in marks} - {task.name for task in exercise.tasks}
    if unknown:
        raise CourseError(f"{exercise.stem} has checks of unknown tasks: {sorted(unknown)}.")
