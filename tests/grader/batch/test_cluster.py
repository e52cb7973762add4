"""A class graded by a Dask cluster: a real scheduler, and workers that are killed."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader import course, submission
from grader.batch.executors import GIVEN_UP, Local, Piece
from grader.errors import CourseError, SandboxError
from grader.grade import Settings, job_of
from grader.model import Verdicts
from grader.sandbox.session import choose_level

pytest.importorskip("distributed", reason="the extra 'cluster' is not installed")
import cloudpickle

from grader.batch import cluster
from grader.batch.cluster import Cluster

pytestmark = pytest.mark.skipif(
    choose_level("auto") != "strict", reason="it would take minutes without a forkserver"
)

(EXERCISE,) = course.find(["exercise1"])
SUITE = course.digest(EXERCISE)
SOLUTION = EXERCISE.solution.read_text("utf-8")
FLIPPED = SOLUTION + (EXERCISE.suite / "wrong" / "kernel_flipped.py").read_text("utf-8")
DASK = [sys.executable, "-m", "dask"]


class Dask:
    """A scheduler and its workers, each a process of its own.

    Workers without a nanny are one process, which can be killed; a nanny starts another one.
    """

    def __init__(self, place: Path, *, nanny: bool) -> None:
        self._log = (place / "log").open("w")
        self._nanny = "--nanny" if nanny else "--no-nanny"
        self._place = place
        file = place / "scheduler.json"
        self.scheduler = self._start(
            "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-jupyter",
            "--scheduler-file", str(file),
        )  # fmt: skip
        deadline = time.monotonic() + 60
        while not file.exists() or not file.read_text():
            assert time.monotonic() < deadline
            time.sleep(0.05)
        self.address = json.loads(file.read_text())["address"]
        self.workers = [self._new_worker() for _ in range(2)]

    def _new_worker(self) -> subprocess.Popen[bytes]:
        return self._start(
            "worker", self.address, "--nthreads", "1", self._nanny, "--no-dashboard",
            "--local-directory", str(self._place),
        )  # fmt: skip

    def _start(self, *arguments: str) -> subprocess.Popen[bytes]:
        patience = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
        return subprocess.Popen(
            [*DASK, *arguments], stdout=self._log, stderr=self._log, env=os.environ | patience
        )

    def kill_worker(self) -> None:
        """As the system does when memory is short; another one takes its place."""
        worker = self.workers.pop(0)
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
        self.workers.append(self._new_worker())

    def close(self) -> None:
        """End them all; a nanny ends its worker."""
        for process in (*self.workers, self.scheduler):
            process.terminate()
            process.wait()
        self._log.close()


@pytest.fixture
def dask(tmp_path, request) -> Iterator[Dask]:
    """A scheduler with two workers."""
    running = Dask(tmp_path, nanny=getattr(request, "param", False))
    yield running
    running.close()


def pieces(tmp_path: Path, count: int) -> list[Piece]:
    """Submissions, right and wrong in turn, that are all different."""
    found = []
    for number in range(count):
        path = tmp_path / f"{number}" / "corr2d.py"
        path.parent.mkdir()
        path.write_text(f"{(SOLUTION, FLIPPED)[number % 2]}\n# {number}\n", "utf-8")
        job = job_of(EXERCISE, (submission.read(path),), Settings(seed=3, tasks=("corr2d",)))
        found.append(Piece(str(number), job, SUITE))
    return found


def points(verdicts: Verdicts) -> tuple[int, ...]:
    """What each check earned."""
    return tuple(check.score for check in verdicts.checks)


def test_a_cluster_finds_what_this_machine_finds(dask, tmp_path):
    """With workers killed in the middle: every result once, none lost, none changed."""
    work = pieces(tmp_path, 16)
    here = {piece.key: points(verdicts) for piece, verdicts in Local(2, "auto", "cpu").run(work)}

    there = []
    for number, (piece, verdicts) in enumerate(Cluster(dask.address, "auto").run(work)):
        there.append((piece.key, points(verdicts)))
        if number in (1, 3, 6, 8, 11):
            dask.kill_worker()

    assert len(there) == len(work)
    assert dict(there) == here


def deadly(errand: bytes) -> bytes | None:
    """As `grade_here`, but one submission ends the worker that it is graded by."""
    if b"# 1\n" in errand:
        os.kill(os.getpid(), signal.SIGKILL)
    return GRADE_HERE(errand)


GRADE_HERE = cluster.grade_here


@pytest.mark.parametrize("dask", [True], indirect=True, ids=["with a nanny"])
def test_a_submission_that_kills_its_worker_ends_as_its_own_result(dask, tmp_path, monkeypatch):
    """Again and again, on each worker that it is given to; the others are graded."""
    monkeypatch.setattr(cluster, "grade_here", deadly)
    cloudpickle.register_pickle_by_value(sys.modules[__name__])

    there = {piece.key: v for piece, v in Cluster(dask.address, "auto").run(pieces(tmp_path, 4))}

    assert there.pop("1") == Verdicts(error=GIVEN_UP)
    assert all(verdicts.checks for verdicts in there.values())
    assert len(there) == 3


def test_another_course_on_a_worker_is_noticed(dask, tmp_path):
    """It would judge by other tests."""
    (piece,) = pieces(tmp_path, 1)
    results = Cluster(dask.address, "auto").run([Piece("0", piece.job, "another")])

    with pytest.raises(CourseError, match="are not those of the machine"):
        next(results)


def test_a_scheduler_that_goes_away_is_told(dask, tmp_path):
    """Nothing is concluded about anybody."""
    results = Cluster(dask.address, "auto").run(pieces(tmp_path, 30))
    next(results)
    dask.scheduler.kill()

    with pytest.raises(SandboxError, match="does not answer any more"):
        list(results)
