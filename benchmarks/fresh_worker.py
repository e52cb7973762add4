"""What a fresh worker for each task costs: `python benchmarks/fresh_worker.py [WORKERS]`.

A worker is made, locks itself in, imports a submission and is ended: forked, as under `strict`, and
as an interpreter of its own, as under `process`. The first is compared with a whole grading, in
processor time; the machine should be idle but for this.
"""

import os
import socket
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from grader import course, grade, submission
from grader.grade import Settings
from grader.model import Exercise
from grader.sandbox.limits import WorkerLimits
from grader.sandbox.messages import CONNECTION
from grader.sandbox.remote import Remote, Setup
from grader.sandbox.session import open_session
from grader.sandbox.workers import ForkedWorkers, FreshWorkers, Workers

FRESH_INTERPRETERS = 3


def measured(work: Callable[[], object], times: int) -> tuple[float, float]:
    """Milliseconds that pass, and that all processors work, each time."""
    started, worked = time.perf_counter(), _processor_seconds()
    for _ in range(times):
        work()
    passed, worked = time.perf_counter() - started, _processor_seconds() - worked
    return 1000 * passed / times, 1000 * worked / times


def _processor_seconds() -> float:
    fields = Path("/proc/stat").read_text("ascii").splitlines()[0].split()
    return sum(map(int, fields[1:4])) / os.sysconf("SC_CLK_TCK")


def life_of_a_worker(exercise: Exercise, level: str, workers: Workers, scratch: Path) -> None:
    """Have a worker made, import the solution, and end."""
    setup = Setup(
        level=level,
        device="cpu",
        limits=WorkerLimits(exercise.limits.seconds, exercise.limits.memory_mb),
        layers=[(exercise.slug, exercise.solution.name, exercise.solution.read_text("utf-8"))],
        operators=(),
        seed=1,
    )
    remote = Remote(workers, None, setup, scratch / str(time.monotonic_ns()))
    remote.start()
    remote.close()


def main() -> None:
    """Print both kinds of worker, the whole grading, and what part of it the workers are."""
    times = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    (exercise,) = course.find(["exercise1"])
    answer = submission.read(exercise.solution)
    operators = exercise.tasks[0].forbidden.operators
    with open_session("strict") as session, tempfile.TemporaryDirectory() as folder:
        grading = lambda: grade.examine(exercise, (answer,), Settings(seed=1), session)  # noqa: E731
        measured(grading, 4)  # by then all that is kept between gradings is there
        whole = measured(grading, times)
        ours, theirs = socket.socketpair()
        with ours, theirs:
            socket.send_fds(session._forkserver.socket, [CONNECTION], [theirs.fileno()])
            trapped = ForkedWorkers(ours).trapped(operators, "cpu")
            forked = lambda: life_of_a_worker(exercise, "strict", trapped, Path(folder))  # noqa: E731
            measured(forked, 4)
            one = measured(forked, times)
        fresh = lambda: life_of_a_worker(exercise, "process", FreshWorkers(), Path(folder))  # noqa: E731
        other = measured(fresh, FRESH_INTERPRETERS)
    for name, (passed, worked) in (
        ("a forked worker", one), ("a fresh interpreter", other), ("a grading of exercise1", whole)
    ):  # fmt: skip
        print(f"{name:<24}{passed:8.1f} ms, processor {worked:8.1f} ms")
    tasks = len(exercise.tasks)
    print(f"its {tasks} workers are {tasks * one[1] / whole[1]:.0%} of a grading's processor time")


if __name__ == "__main__":
    main()
