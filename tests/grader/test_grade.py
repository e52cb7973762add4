"""From a submission to a report: what is asked of a runner, and what is made of its answer."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from grader import grade
from grader.grade import Settings, add_up, chosen_tasks, grade_all, grade_file, reached
from grader.model import (
    CheckResult,
    Environment,
    Exercise,
    Forbidden,
    Limits,
    Progress,
    Report,
    Status,
    Submission,
    Task,
    Verdicts,
)

ROOT = Path(grade.__file__).resolve().parent.parent
EXERCISE = Exercise(
    stem="exercise07_pooling",
    number=7,
    slug="pooling",
    title="Pooling",
    summary="",
    tasks=(Task("pool", 60, (), Forbidden()), Task("unpool", 40, (), Forbidden())),
    limits=Limits(seconds=3.0, memory_mb=512),
    root=Path("/course"),
)
BOTH = ("pool", "unpool")
HANDED_IN = Submission("/in/pooling.py", b"x = 1\n", "fingerprint")
PASSED, FAILED, SKIPPED = Status.PASSED, Status.FAILED, Status.SKIPPED
NOT_WRITTEN = Status.NOT_IMPLEMENTED


def check(task: str, status: Status, points: int) -> CheckResult:
    """One check of a task, with all of its points or none."""
    score = points if status is PASSED else 0
    return CheckResult(f"{task}/check", task, "A check.", status, score, points, 0.0)


def added_up(*checks: tuple[str, Status, int], tasks=BOTH, **verdicts):
    """What becomes of these checks."""
    results = tuple(check(*described) for described in checks)
    return add_up(EXERCISE, HANDED_IN, Verdicts(results, **verdicts), tasks)


class Session:
    """A session that grades nothing: it remembers what it was asked and gives one answer."""

    level = "strict"

    def __init__(self, verdicts: Verdicts = Verdicts()) -> None:  # noqa: B008  # it is frozen
        self.verdicts = verdicts
        self.jobs = []

    def grade(self, job):
        """The answer."""
        self.jobs.append(job)
        return self.verdicts


@pytest.fixture
def file(tmp_path):
    """A submission on disk."""
    path = tmp_path / "pooling.py"
    path.write_text("x = 1\n")
    return path


# --- add_up ---


@pytest.mark.parametrize(
    ("checks", "status", "score"),
    [
        ([("pool", PASSED, 60), ("unpool", PASSED, 40)], Progress.PASSED, 100),
        ([("pool", PASSED, 60), ("unpool", FAILED, 40)], Progress.FAILED, 60),
        ([("pool", PASSED, 20), ("pool", FAILED, 40), ("unpool", PASSED, 40)], Progress.FAILED, 60),
        ([("pool", NOT_WRITTEN, 60), ("unpool", NOT_WRITTEN, 40)], Progress.NOT_STARTED, 0),
        ([("pool", NOT_WRITTEN, 60), ("unpool", PASSED, 40)], Progress.FAILED, 40),
        ([("pool", NOT_WRITTEN, 60), ("unpool", FAILED, 40)], Progress.FAILED, 0),
        ([("pool", FAILED, 60), ("unpool", FAILED, 40)], Progress.FAILED, 0),
        ([("pool", Status.CRASHED, 60), ("unpool", Status.TIMEOUT, 40)], Progress.FAILED, 0),
    ],
)
def test_exercise_is_what_its_tasks_are_together(checks, status, score):
    """Passed if all are, not started if none is, failed in between."""
    result = added_up(*checks)

    assert (result.status, result.score, result.max_score) == (status, score, 100)
    assert result.error is None


@pytest.mark.parametrize(
    ("statuses", "status"),
    [
        ([PASSED, PASSED], Progress.PASSED),
        ([PASSED, SKIPPED], Progress.PASSED),
        ([PASSED, FAILED], Progress.FAILED),
        ([PASSED, NOT_WRITTEN], Progress.FAILED),
        ([NOT_WRITTEN, NOT_WRITTEN], Progress.NOT_STARTED),
        ([NOT_WRITTEN, SKIPPED], Progress.NOT_STARTED),
        ([NOT_WRITTEN, FAILED], Progress.FAILED),
        *[([status, status], Progress.FAILED) for status in (
            FAILED, Status.ERROR, Status.TIMEOUT, Status.CRASHED, Status.MEMORY, Status.FORBIDDEN,
        )],
    ],
)  # fmt: skip
def test_task_is_what_its_checks_are_together(statuses, status):
    """Every ending of a check has its meaning for the task; a skipped one has none."""
    result = added_up(*(("pool", each, 30) for each in statuses), ("unpool", FAILED, 40))

    assert result.tasks[0].status == status


def test_checks_belong_to_their_tasks_in_the_order_of_the_exercise():
    """Points of a task are those of its own checks, wherever these stand."""
    result = added_up(("unpool", PASSED, 15), ("pool", PASSED, 60), ("unpool", FAILED, 25))

    assert [(t.name, t.score, t.max_score, len(t.checks)) for t in result.tasks] == [
        ("pool", 60, 60, 1),
        ("unpool", 15, 40, 2),
    ]


@pytest.mark.parametrize(
    ("checks", "task_points", "score"),
    [
        pytest.param(
            [("pool", PASSED, 30), ("pool", SKIPPED, 30), ("unpool", PASSED, 40)],
            [(30, 30), (40, 40)], 100, id="all that could be checked is right",
        ),
        pytest.param(
            [("pool", PASSED, 30), ("pool", SKIPPED, 30), ("unpool", FAILED, 40)],
            [(30, 30), (0, 40)], 42, id="three of seven parts, rounded down",
        ),
        pytest.param(
            [("pool", SKIPPED, 60), ("unpool", PASSED, 10), ("unpool", FAILED, 30)],
            [(0, 0), (10, 40)], 25, id="a whole task cannot be checked",
        ),
        pytest.param(
            [("pool", SKIPPED, 60), ("unpool", SKIPPED, 40)],
            [(0, 0), (0, 0)], 0, id="nothing can be checked",
        ),
    ],
)  # fmt: skip
def test_what_could_not_be_checked_is_scaled_away(checks, task_points, score):
    """A machine without the device must not cost points; integers stay integers."""
    result = added_up(*checks)

    assert [(task.score, task.max_score) for task in result.tasks] == task_points
    assert (result.score, result.max_score) == (score, 100)
    assert type(result.score) is int


def test_task_that_could_not_be_checked_fails_nobody():
    """An exercise with all points that could be had is passed."""
    result = added_up(("pool", SKIPPED, 60), ("unpool", PASSED, 40))

    assert (result.score, result.status) == (100, Progress.PASSED)


def test_file_that_cannot_be_imported_earns_nothing():
    """No check ran: every task is worth what it is worth, and 0 of it was earned."""
    result = added_up(error="pooling.py, line 1: SyntaxError", stdout="half a line")

    assert (result.status, result.score, result.max_score) == (Progress.ERROR, 0, 100)
    assert (result.error, result.stdout) == ("pooling.py, line 1: SyntaxError", "half a line")
    assert [(task.score, task.max_score) for task in result.tasks] == [(0, 60), (0, 40)]


def test_result_says_what_was_graded():
    """The path and the fingerprint of the file stay with its score."""
    result = added_up(("pool", PASSED, 60))

    assert (result.exercise, result.path, result.sha256) == (
        EXERCISE, "/in/pooling.py", "fingerprint",
    )  # fmt: skip


def test_chosen_tasks_are_all_that_counts():
    """With one task of 60 points, 60 points are all there is."""
    result = added_up(("pool", PASSED, 60), tasks=("pool",))

    assert [task.name for task in result.tasks] == ["pool"]
    assert (result.status, result.score, result.max_score) == (Progress.PASSED, 60, 60)


@pytest.mark.parametrize(
    ("wanted", "chosen"),
    [((), BOTH), (("unpool",), ("unpool",)), (("unpool", "pool", "unpool"), BOTH), (("x",), ())],
)
def test_tasks_are_chosen_in_the_order_of_the_exercise(wanted, chosen):
    """None named means all of them."""
    assert chosen_tasks(EXERCISE, wanted) == chosen


# --- grade_file, grade_all ---


@pytest.mark.parametrize(
    ("settings", "limits"),
    [
        (Settings(seed=1), Limits(3.0, 512)),
        (Settings(seed=1, seconds=0.5), Limits(0.5, 512)),
        (Settings(seed=1, memory_mb=64), Limits(3.0, 64)),
    ],
)
def test_job_is_the_exercise_under_the_limits_that_were_asked_for(file, settings, limits):
    """An option of the command line goes before what the exercise says."""
    session = Session()

    grade_file(EXERCISE, file, settings, session)

    (job,) = session.jobs
    assert job.limits == limits
    assert (job.exercise, job.tasks, job.seed) == (EXERCISE, BOTH, 1)
    assert job.device == "cpu"
    assert [(layer.path, layer.source) for layer in job.layers] == [(str(file), b"x = 1\n")]


def test_only_the_tasks_that_were_asked_for_are_examined(file):
    """The runner is told which, and the result holds no other."""
    session = Session(Verdicts((check("unpool", PASSED, 40),)))

    result = grade_file(EXERCISE, file, Settings(seed=1, tasks=("unpool",)), session)

    assert session.jobs[0].tasks == ("unpool",)
    assert (result.score, result.max_score) == (40, 40)


@pytest.mark.parametrize(
    "source",
    ["x = 1".encode("utf-16"), b"x = 1\0", b"\xff", b"x" * (1 << 19)],
    ids=["UTF-16", "NUL", "no UTF-8", "too large"],
)
def test_file_that_is_no_text_is_an_answer_of_no_points(file, source):
    """It is the student's file that is wrong, not the command line; and no runner sees it."""
    session = Session()
    file.write_bytes(source)

    result = grade_file(EXERCISE, file, Settings(seed=1), session)

    assert (result.status, result.score, result.max_score) == (Progress.ERROR, 0, 100)
    assert "pooling.py" in result.error
    assert session.jobs == []


def test_report_holds_a_result_for_each_file_in_order(file, tmp_path):
    """The report says under what conditions it came about."""
    other = replace(EXERCISE, number=8)
    session = Session(Verdicts((check("pool", PASSED, 60), check("unpool", FAILED, 40))))

    report = grade_all([(EXERCISE, file), (other, file)], Settings(seed=7), session)

    assert [result.exercise.number for result in report.exercises] == [7, 8]
    assert (report.score, report.max_score) == (120, 200)
    assert (report.seed, report.device, report.isolation) == (7, "cpu", "strict")
    assert 0 <= report.duration < 60


def test_environment_names_the_versions_that_a_result_depends_on():
    """They are there without torch being imported."""
    environment = grade.environment()

    assert environment.torch.split(".")[0].isdigit()
    assert environment.python == ".".join(map(str, sys.version_info[:3]))
    assert environment.platform.startswith(f"{sys.platform}-")


def test_story_is_told_without_torch():
    """The launcher waits for nothing that it does not need itself."""
    code = (
        "import sys, grader.grade; grader.grade.environment(); "
        "sys.exit(bool({'torch', 'numpy', 'pytest'} & sys.modules.keys()))"
    )

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False)

    assert done.returncode == 0


# --- reached ---


def report_of(*points: tuple[int, int]) -> Report:
    """A report of exercises with these scores."""
    results = (replace(added_up(), score=score, max_score=max_score) for score, max_score in points)
    environment = Environment("", "", "", "")
    return Report(tuple(results), 0, "cpu", "strict", 0.0, environment)


@pytest.mark.parametrize(
    ("points", "percent", "answer"),
    [
        ([(100, 100)], 100, True),
        ([(99, 100)], 100, False),
        ([(60, 100)], 60, True),
        ([(59, 100)], 60, False),
        ([(100, 100), (99, 100)], 100, False),
        ([(100, 100), (20, 100)], 50, False),
        ([(40, 40)], 100, True),
        ([(39, 40)], 98, False),
        ([(39, 40)], 97, True),
        ([(0, 100)], 0, True),
    ],
)
def test_every_exercise_must_reach_the_mark(points, percent, answer):
    """By the hundred of what could be had; one good exercise does not make up for a bad one."""
    assert reached(report_of(*points), percent) is answer
