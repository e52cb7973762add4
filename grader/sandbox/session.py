"""The launcher's side: start what is needed, have jobs examined. Imports no torch."""

import os
import socket
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from typing import Protocol

from grader.errors import RunnerLost, SandboxError
from grader.model import Exercise, Job, Verdicts
from grader.sandbox import lockdown
from grader.sandbox.conversation import Conversation, KeptRunner
from grader.sandbox.ignite import Started
from grader.sandbox.messages import CONNECTION, RUNNER, SETTLE
from grader.sandbox.sharing import tasks_to_take

# How many runners examine one submission side by side. With more, what each does to begin with
# outweighs the tasks that it is spared.
MOST_RUNNERS = 2


class Session(Protocol):
    """Grades jobs, one after the other, at one level of isolation."""

    level: str

    @property
    def alive(self) -> bool:
        """Whether it can grade another job."""

    def grade(self, job: Job) -> Verdicts:
        """What a runner finds. Raises `CourseError` and `SandboxError`."""


@contextmanager
def open_session(
    isolation: str, device: str = "cpu", early: Started | None = None, *, many: bool = False
) -> Iterator[Session]:
    """A session at the level asked for: `strict`, `process`, or the best there is (`auto`).

    `early` is a forkserver that was started already. Of `many` submissions, side by side, each has
    one runner. Raises `SandboxError` when `strict` is asked for and cannot be had.
    """
    try:
        level = choose_level(isolation, device)
        if level == lockdown.PROCESS:
            yield FreshSession()
        else:
            early = early or Started("forkserver")
            busy = 1 if many else _side_by_side()
            with closing(ForkingSession(early, busy=busy)) as session:
                yield session
    finally:
        if early is not None:
            early.end()


def _side_by_side() -> int:
    """How many runners are worth having for one submission on this machine."""
    return min(MOST_RUNNERS, len(os.sched_getaffinity(0)))


def choose_level(isolation: str, device: str = "cpu") -> str:
    """The level of isolation that a word on the command line stands for on this machine."""
    if isolation == lockdown.PROCESS:
        return lockdown.PROCESS
    reasons = lockdown.missing_for_strict()
    if device != "cpu":
        # A driver needs device files, sockets and address space that strict denies.
        reasons = [*reasons, f"it is for the cpu, and the device is {device}"]
    if reasons and isolation == lockdown.STRICT:
        raise SandboxError(
            f"The isolation 'strict' cannot be had here: {'; '.join(reasons)}. "
            "Nothing was graded. `grade doctor` says more; --isolation process does with less."
        )
    return lockdown.PROCESS if reasons else lockdown.STRICT


class ForkingSession:
    """A forkserver, and runners for each job.

    As many as may be `busy` at once take the tasks of a job. From the second job of an exercise on,
    they are forks of a kept runner, which has its suite collected; a suite that was edited since
    gets a new one. Several threads may grade at once.
    """

    def __init__(
        self, forkserver: Started, level: str = lockdown.STRICT, busy: int = MOST_RUNNERS
    ) -> None:
        self.level = level
        self._forkserver = forkserver
        self._busy = busy
        self._seen: set[_Key] = set()
        self._kept: dict[_Key, KeptRunner] = {}
        self._gone: list[KeptRunner] = []  # others may ask one why it ended
        self._lock = threading.Lock()

    @property
    def alive(self) -> bool:
        """Whether the forkserver is there."""
        return self._forkserver.alive

    def close(self) -> None:
        """Let the kept runners end."""
        for kept in [*self._kept.values(), *self._gone]:
            kept.close()

    def grade(self, job: Job) -> Verdicts:
        """Have runners examine the tasks of a job, side by side."""
        kept = self._kept_for(job)
        with tasks_to_take(_longest_first(job)) as tasks, ExitStack() as stack:
            try:
                talks = [
                    stack.enter_context(
                        Conversation(self._runner(kept, job, tasks), job, self.level)
                    )
                    for _ in range(min(self._busy, len(job.tasks)))
                ]
                return _merged(job, [talk.verdicts() for talk in talks])
            except RunnerLost:
                if kept is not None:
                    kept.raise_reason()
                raise

    def _kept_for(self, job: Job) -> KeptRunner | None:
        """The runner that is kept for such jobs; None for the first of them."""
        key = _key(job)
        with self._lock:
            if key not in self._seen:
                self._seen.add(key)
                return None
            if key in self._kept and self._kept[key].ended:
                self._gone.append(self._kept.pop(key))
            if key not in self._kept:
                self._kept[key] = self._keep(job)
            return self._kept[key]

    def _keep(self, job: Job) -> KeptRunner:
        if not self._kept:
            self._tell_forkserver(SETTLE)
        ours, theirs = socket.socketpair()
        with theirs:
            self._tell_forkserver(RUNNER, theirs.fileno())
        return KeptRunner(ours, replace(job, layers=(), isolation=self.level))

    def _runner(self, kept: KeptRunner | None, job: Job, tasks: int) -> socket.socket:
        """A socket to a new runner. The forkserver passes it on and never reads it."""
        ours, theirs = socket.socketpair()
        with theirs, self._lock:
            if kept is None:
                self._tell_forkserver(RUNNER, theirs.fileno(), tasks)
            else:
                workers, forkserver = socket.socketpair()
                with workers, forkserver:
                    self._tell_forkserver(CONNECTION, workers.fileno())
                    kept.fork(job.seed, forkserver.fileno(), theirs.fileno(), tasks)
        return ours

    def _tell_forkserver(self, what: bytes, *descriptors: int) -> None:
        try:
            socket.send_fds(self._forkserver.socket, [what], descriptors)
        except OSError as error:
            raise RunnerLost(
                "The process that imports torch went away. `grade doctor` may tell why."
            ) from error


def _longest_first(job: Job) -> list[int]:
    """The numbers of a job's tasks; those come first that are worth, and likely take, the most."""
    points = [job.exercise.task(name).points for name in job.tasks]
    return sorted(range(len(points)), key=lambda number: -points[number])


def _merged(job: Job, parts: Sequence[Verdicts]) -> Verdicts:
    """What several runners found, as the verdicts of one."""
    failed = next((part for part in parts if part.error is not None), None)
    if failed is not None:
        return failed
    checks = [check for part in parts for check in part.checks]
    checks.sort(key=lambda check: job.tasks.index(check.task))
    return Verdicts(
        tuple(checks), reached={k: v for part in parts for k, v in part.reached.items()}
    )


# A kept runner serves jobs of one exercise, as its files are, with one limit on one device.
_Key = tuple[Exercise, float, str, tuple[tuple[str, int, int], ...]]


def _key(job: Job) -> _Key:
    files = sorted(path for path in job.exercise.suite.rglob("*.py"))
    stamps = [(str(path), path.stat()) for path in files]
    version = tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in stamps)
    return job.exercise, job.limits.seconds, job.device, version


class FreshSession:
    """A fresh interpreter for each job: slower, and all that some systems can do."""

    level = lockdown.PROCESS
    alive = True

    def grade(self, job: Job) -> Verdicts:
        """Start a runner, give it the job, and wait for its end."""
        runner = Started("runner")
        try:
            with Conversation(runner.socket.dup(), job, self.level) as talk:
                return talk.verdicts()
        finally:
            runner.end(wait=True)
