"""The launcher's side: start what is needed, hand over jobs, take verdicts. Imports no torch."""

import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from grader.errors import CourseError, SandboxError
from grader.model import Job, Verdicts
from grader.sandbox import lockdown, messages
from grader.sandbox.frames import Channel, FrameError, Patient
from grader.sandbox.ignite import Started
from grader.sandbox.messages import Reply


class Session(Protocol):
    """Grades jobs, one after the other, at one level of isolation."""

    level: str

    def grade(self, job: Job) -> Verdicts:
        """What a runner finds. Raises `CourseError` and `SandboxError`."""


@contextmanager
def open_session(
    isolation: str, device: str = "cpu", early: Started | None = None
) -> Iterator[Session]:
    """A session at the level asked for: `strict`, `process`, or the best there is (`auto`).

    `early` is a forkserver that was started already. Raises `SandboxError` when `strict` is asked
    for and cannot be had.
    """
    try:
        level = choose_level(isolation, device)
        if level == lockdown.PROCESS:
            yield FreshSession()
        else:
            early = early or Started("forkserver")
            yield ForkingSession(early)
    finally:
        if early is not None:
            early.end()


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
    """A forkserver, and a forked runner for each job."""

    def __init__(self, forkserver: Started, level: str = lockdown.STRICT) -> None:
        self.level = level
        self._forkserver = forkserver

    def grade(self, job: Job) -> Verdicts:
        """Have a runner forked, and give it the job on a socket that the forkserver never reads."""
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                socket.send_fds(self._forkserver.socket, [b"R"], [theirs.fileno()])
            except OSError as error:
                raise SandboxError(
                    "The process that imports torch went away. `grade doctor` may tell why."
                ) from error
        return _converse(ours, job, self.level)


class FreshSession:
    """A fresh interpreter for each job: slower, and all that some systems can do."""

    level = lockdown.PROCESS

    def grade(self, job: Job) -> Verdicts:
        """Start a runner, give it the job, and wait for its end."""
        runner = Started("runner")
        try:
            return _converse(runner.socket.dup(), job, self.level)
        finally:
            runner.end(wait=True)


def _converse(ours: socket.socket, job: Job, level: str) -> Verdicts:
    channel = Channel(ours.detach())
    scratch = Path(tempfile.mkdtemp(prefix="handrolled-"))
    try:
        order = replace(job, isolation=level, scratch=scratch)
        messages.send(channel, order, waiter=Patient())
        reply = messages.receive(channel, Reply, waiter=Patient())
    except FrameError as error:
        raise SandboxError(
            "The process that runs the suite went away without an answer. Run the command again; "
            "if it happens once more, `grade doctor` may tell why."
        ) from error
    finally:
        channel.close()
        shutil.rmtree(scratch, ignore_errors=True)
    if reply.course_error is not None:
        raise CourseError(reply.course_error)
    if reply.sandbox_error is not None:
        raise SandboxError(reply.sandbox_error)
    return reply.verdicts
