"""A session that grades many: what is kept between two gradings changes nothing but the time."""

import os
import re
import select
import shutil
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from grader import course, grade, submission
from grader.errors import CourseError
from grader.grade import Settings
from grader.model import Exercise, ExerciseResult, Status
from grader.sandbox.forkserver import WORKER
from grader.sandbox.messages import CONNECTION
from grader.sandbox.session import ForkingSession, open_session

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="a runner is kept only where processes can be forked"
)

SEED = 3
FLIPPED = """
import torch

def corr2d(X, K):
    if X.dim() != 2 or K.dim() != 2 or K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("X and K must be matrices, and K must fit into X")
    h, w = K.shape
    Y = X.new_zeros(X.shape[0] - h + 1, X.shape[1] - w + 1)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i:i + h, j:j + w] * K.flip(0, 1)).sum()
    return Y
"""
LOUD = '''"""It is loud.

Why it is wrong: nobody asked.
Hint: Who is listening?
"""

import warnings


def corr2d(X, K):
    warnings.warn("it is wrong", stacklevel=1)
    return X
'''
# Fails one check only.
IN_FLOAT32 = FLIPPED.replace(".flip(0, 1)", "").replace("return Y", "return Y.float()")
SPOILING = FLIPPED + "\ntorch.set_default_dtype(torch.float64)\ntorch.set_grad_enabled(False)\n"


@pytest.fixture
def exercise() -> Exercise:
    """The first exercise of the course."""
    (found,) = course.find(["exercise1"])
    return found


@pytest.fixture
def session() -> Iterator[ForkingSession]:
    """A session as a batch uses it."""
    with open_session("strict") as opened:
        assert isinstance(opened, ForkingSession)
        yield opened


@pytest.fixture
def graded(exercise, session, tmp_path):
    """Grade a text, one task of it."""
    writing = threading.Lock()

    def grade_text(text: str, *, seed: int = SEED, of: Exercise = exercise) -> ExerciseResult:
        path = tmp_path / f"{abs(hash(text))}.py"
        with writing:
            if not path.exists():  # another thread may be reading it
                path.write_text(text, "utf-8")
        return grade.grade_file(of, path, Settings(seed=seed, tasks=("corr2d",)), session)

    return grade_text


def without_times(result: ExerciseResult) -> ExerciseResult:
    """A result that two runs can agree on."""
    tasks = [
        replace(task, checks=tuple(replace(check, duration=0.0) for check in task.checks))
        for task in result.tasks
    ]
    return replace(result, tasks=tuple(tasks))


@pytest.fixture
def solution(exercise) -> str:
    """The worked answer."""
    return submission.read(exercise.solution).source.decode()


def test_every_grading_of_a_wrong_answer_says_the_same(graded, solution):
    """The first has a runner of its own; later ones know more and more beforehand."""
    first = without_times(graded(FLIPPED))
    flipped = [check.diagnosis for check in first.tasks[0].checks if check.diagnosis]
    graded(solution)

    later = [without_times(graded(FLIPPED)) for _ in range(5)]

    assert {diagnosis.id for diagnosis in flipped} == {"kernel-flipped"}
    assert later == [first] * 5


def test_a_right_answer_after_wrong_ones_gets_all_points(graded, solution):
    """Nothing of what a submission did to its process is there for the next one."""
    for _ in range(3):
        assert graded(SPOILING).score < 40

    result = graded(solution)

    assert (result.score, result.max_score) == (result.max_score, result.max_score)


def test_other_seeds_are_other_inputs(graded):
    """What is known of one seed is not taken for another's."""
    for seed in (1, 1, 1, 2, 1, 2):
        result = graded(FLIPPED, seed=seed)
        planes = [check.planes for check in result.tasks[0].checks if check.planes]
        expected = without_times(graded(FLIPPED, seed=seed))
        assert [c.planes for c in expected.tasks[0].checks if c.planes] == planes

    assert without_times(graded(FLIPPED, seed=1)) != without_times(graded(FLIPPED, seed=2))


def test_an_edited_suite_is_the_one_that_grades(graded, exercise, tmp_path, solution):
    """A kept runner has the suite as it was; an edit must not be missed."""
    copied = replace(exercise, root=copied_course(exercise, tmp_path))
    for _ in range(3):
        assert graded(solution, of=copied).tasks[0].checks[0].status is Status.PASSED

    suite = copied.suite / f"test_{exercise.slug}.py"
    text = suite.read_text("utf-8")
    suite.write_text(text.replace("def test_square(same", "def test_renamed(same"), "utf-8")

    assert "corr2d/renamed" in [c.id for c in graded(solution, of=copied).tasks[0].checks]


def test_a_suite_that_is_broken_says_so_each_time(graded, exercise, tmp_path, solution):
    """The runner that is kept for it ends at once; the next grading must not wait for it."""
    copied = replace(exercise, root=copied_course(exercise, tmp_path))
    suite = copied.suite / f"test_{exercise.slug}.py"
    suite.write_text(suite.read_text("utf-8") + "\nan_unknown_name\n", "utf-8")

    for _ in range(4):
        with pytest.raises(CourseError, match="an_unknown_name"):
            graded(solution, of=copied)


def test_what_a_known_wrong_answer_is_warned_of_is_not_shown(capfd, exercise, tmp_path):
    """It would tell the student what the course knows."""
    copied = replace(exercise, root=copied_course(exercise, tmp_path))
    (copied.suite / "wrong" / "loud.py").write_text(LOUD, "utf-8")
    path = tmp_path / "corr2d.py"
    path.write_text(FLIPPED, "utf-8")

    with open_session("strict") as session:  # now: its errors go where those of the test go
        for _ in range(5):
            grade.grade_file(copied, path, Settings(seed=SEED, tasks=("corr2d",)), session)
            time.sleep(0.2)  # for what is worked out beside the jobs

    assert capfd.readouterr().err == ""


def test_several_threads_may_grade_at_once(graded, solution):
    """As a batch does. Each gets the result of its own submission."""
    texts = [solution, FLIPPED] * 4
    with ThreadPoolExecutor(4) as pool:
        results = list(pool.map(graded, texts))

    assert [r.score == r.max_score for r in results] == [True, False] * 4


@pytest.mark.timeout(60)
def test_a_job_and_a_question_that_come_together_are_both_read_once(graded, session, solution):
    """A fork for the job must leave the question of another one to the kept runner."""
    for _ in range(2):
        graded(solution)
    (kept,) = (pid for pid in children_of(session._forkserver.pid) if leaves_its_children(pid))
    with ThreadPoolExecutor(2) as pool:
        try:
            for number in range(6):
                wait_until(lambda: not children_of(kept))
                seed = SEED + 1 + number
                asking = pool.submit(graded, IN_FLOAT32, seed=seed)
                wait_until(lambda: children_of(kept))
                os.kill(kept, signal.SIGSTOP)
                coming = pool.submit(graded, FLIPPED, seed=seed)
                time.sleep(0.5)  # for the first one to fail a check
                os.kill(kept, signal.SIGCONT)
                assert asking.result(timeout=20).score > coming.result(timeout=20).score
        finally:
            os.kill(kept, signal.SIGKILL)  # nobody may wait for it for ever


def test_what_is_kept_and_is_gone_is_replaced(graded, session, solution):
    """The system may kill it when memory is short: the runner, and the branches of workers."""
    for _ in range(2):
        graded(solution)
    server = session._forkserver.pid
    kept = children_of(server)
    for pid in kept:
        os.kill(pid, signal.SIGKILL)
    wait_until(lambda: not any(map(running, kept)))

    assert graded(solution).tasks[0].status == "passed"
    assert graded(solution).tasks[0].status == "passed"


def test_whoever_leaves_without_an_answer_hurts_nobody(graded, session, solution):
    """A runner may end before it has taken the worker that it ordered."""
    for _ in range(3):
        ours, theirs = socket.socketpair()
        with theirs:
            socket.send_fds(session._forkserver.socket, [CONNECTION], [theirs.fileno()])
        ours.send(WORKER)
        wait_until(lambda ours=ours: select.select([ours], [], [], 0)[0])
        ours.close()

    assert graded(solution).tasks[0].status == "passed"


def test_no_process_is_left_when_a_session_ends(exercise, solution, tmp_path):
    """Neither the forkserver nor what it forked."""
    path = tmp_path / "corr2d.py"
    path.write_text(solution, "utf-8")
    settings = Settings(seed=SEED, tasks=("corr2d",))
    with open_session("strict") as opened:
        assert isinstance(opened, ForkingSession)
        for _ in range(3):
            grade.grade_file(exercise, path, settings, opened)
        server = opened._forkserver.pid
        alive = [server, *children_of(server)]

    wait_until(lambda: not any(map(running, alive)))


def copied_course(exercise: Exercise, tmp_path: Path) -> Path:
    """The root of a course that has a copy of this exercise alone."""
    root = tmp_path / "course"
    for part in ("exercises", "solutions", "tests"):
        shutil.copytree(exercise.root / part / exercise.stem, root / part / exercise.stem)
    return root


def leaves_its_children(pid: int) -> bool:
    """Whether it is a kept runner: of what a forkserver forks, it alone has the kernel reap."""
    status = Path(f"/proc/{pid}/status").read_text("ascii")
    ignored = int(re.search(r"^SigIgn:\s*(\w+)", status, re.MULTILINE)[1], 16)
    return bool(ignored >> (signal.SIGCHLD - 1) & 1)


def wait_until(true: Callable[[], object]) -> None:
    """Give other processes up to ten seconds."""
    deadline = time.monotonic() + 10
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def children_of(pid: int) -> list[int]:
    """The processes that a process has forked and that are not ending already."""
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii")
    return [int(child) for child in text.split() if running(int(child))]


def running(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
