"""The launcher's side: start what is needed, hand over jobs, take verdicts. Imports no torch."""

import os
import shutil
import socket
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from grader.errors import CourseError, RunnerLost, SandboxError
from grader.model import Exercise, Job, Verdicts
from grader.sandbox import lockdown, messages
from grader.sandbox.frames import Channel, FrameError, Patient
from grader.sandbox.ignite import Started
from grader.sandbox.messages import CONNECTION, NEXT_JOB, RUNNER, SETTLE, Order, Reply

# How many runners examine one submission side by side. With more, what each does to begin with
# outweighs the checks that it is spared.
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

    `early` is a forkserver that was started already. For `many` submissions, side by side, it takes
    longer to start, and each of them has one runner. Raises `SandboxError` when `strict` is asked
    for and cannot be had.
    """
    try:
        level = choose_level(isolation, device)
        if level == lockdown.PROCESS:
            yield FreshSession()
        else:
            early = early or Started("forkserver")
            if many:
                early.socket.send(SETTLE)
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
    """A forkserver, and forked runners for each job.

    A job is shared out among as many runners as may be `busy` at once. From the second job of an
    exercise on, a runner is kept that has its suite collected, and forks itself; a suite that was
    edited since gets a new one. Several threads may grade at once.
    """

    def __init__(
        self, forkserver: Started, level: str = lockdown.STRICT, busy: int = MOST_RUNNERS
    ) -> None:
        self.level = level
        self._forkserver = forkserver
        self._busy = busy
        self._seen: set[_Key] = set()
        self._kept: dict[_Key, socket.socket] = {}
        self._lock = threading.Lock()

    @property
    def alive(self) -> bool:
        """Whether the forkserver is there."""
        return self._forkserver.alive

    def close(self) -> None:
        """Let the kept runners end."""
        for kept in self._kept.values():
            kept.close()

    def grade(self, job: Job) -> Verdicts:
        """Have runners examine the tasks of a job, side by side."""
        with ExitStack() as stack:
            talks = [
                stack.enter_context(Conversation(self._runner(share), share, self.level))
                for share in _shares(job, self._busy)
            ]
            return _merged(job, [talk.verdicts() for talk in talks])

    def _runner(self, job: Job) -> socket.socket:
        """A socket to a runner. The forkserver passes it on and never reads it."""
        ours, theirs = socket.socketpair()
        with theirs, self._lock:
            if not self._handed_to_kept(job, theirs):
                self._tell_forkserver(RUNNER, theirs)
        return ours

    def _tell_forkserver(self, what: bytes, theirs: socket.socket) -> None:
        try:
            socket.send_fds(self._forkserver.socket, [what], [theirs.fileno()])
        except OSError as error:
            raise RunnerLost(
                "The process that imports torch went away. `grade doctor` may tell why."
            ) from error

    def _handed_to_kept(self, job: Job, theirs: socket.socket) -> bool:
        """Give the job's socket to the runner that is kept for such jobs, if there is one."""
        key = _key(job)
        if key not in self._seen:
            self._seen.add(key)
            return False
        if key not in self._kept:
            self._kept[key] = self._keep(job)
        workers, connection = socket.socketpair()
        with workers, connection:
            self._tell_forkserver(CONNECTION, workers)
            try:
                fds = [theirs.fileno(), connection.fileno()]
                socket.send_fds(self._kept[key], [NEXT_JOB.pack(job.seed)], fds)
            except OSError:  # it ended: then the job has a runner of its own, which says why
                self._kept.pop(key).close()
                self._seen.discard(key)
                return False
        return True

    def _keep(self, job: Job) -> socket.socket:
        """Have a runner forked that collects the job's suite and waits."""
        ours, theirs = socket.socketpair()
        with theirs:
            self._tell_forkserver(RUNNER, theirs)
        order = Order(replace(job, layers=(), isolation=self.level), keep=True)
        messages.send(Channel(ours.fileno()), order, waiter=Patient())
        ours.setblocking(True)
        return ours


def _shares(job: Job, parts: int) -> list[Job]:
    """A job as several, of some of its tasks each, worth about the same."""
    shares: list[list[str]] = [[] for _ in range(min(parts, len(job.tasks)))]

    def worth(share: list[str]) -> int:
        return sum(job.exercise.task(name).points for name in share)

    for name in sorted(job.tasks, key=lambda name: -job.exercise.task(name).points):
        min(shares, key=worth).append(name)
    return [replace(job, tasks=tuple(n for n in job.tasks if n in share)) for share in shares]


def _merged(job: Job, parts: Sequence[Verdicts]) -> Verdicts:
    """The verdicts of a job's shares as those of the job."""
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


class Conversation:
    """A job, given to a runner, and its answer."""

    def __init__(self, runner: socket.socket, job: Job, level: str) -> None:
        self._channel = Channel(runner.detach())
        self._order = Order(replace(job, isolation=level, scratch=_new_scratch()))

    def __enter__(self) -> "Conversation":
        """Hand the job over. The runner gets to work at once."""
        with _explained():
            messages.send(self._channel, self._order, waiter=Patient())
        return self

    def __exit__(self, *_exception: object) -> None:
        """Hang up: a runner that is still at work is ended."""
        self._channel.close()
        shutil.rmtree(self._order.job.scratch, ignore_errors=True)

    def verdicts(self) -> Verdicts:
        """What the runner found. Raises `CourseError` and `SandboxError`."""
        with _explained():
            reply = messages.receive(self._channel, Reply, waiter=Patient())
        if reply.course_error is not None:
            raise CourseError(reply.course_error)
        if reply.sandbox_error is not None:
            raise SandboxError(reply.sandbox_error)
        return reply.verdicts


def _new_scratch() -> Path:
    return Path(tempfile.mkdtemp(prefix="handrolled-"))


@contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except FrameError as error:
        raise RunnerLost(
            "The process that runs the suite went away without an answer. Run the command again; "
            "if it happens once more, `grade doctor` may tell why."
        ) from error
