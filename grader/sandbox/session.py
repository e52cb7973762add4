"""The launcher's side: start what is needed, hand over jobs, take verdicts. Imports no torch."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from grader.errors import CourseError, SandboxError
from grader.model import Job, Verdicts
from grader.sandbox import lockdown, messages
from grader.sandbox.frames import Channel, FrameError, Patient
from grader.sandbox.messages import Reply

# Python itself, without the user's variables and without the folder it is started from.
INTERPRETER = (sys.executable, "-E", "-P")
ENTRY = ("-m", "grader.sandbox.start")
RUNNER = "grader.runner:main"
# What a process of ours may know of the environment: where the system's own files are. Anything
# else, a CI token say, would be readable by code that gets that far.
ENVIRONMENT_KEPT = ("LD_LIBRARY_PATH", "CUDA_VISIBLE_DEVICES", "HSA_OVERRIDE_GFX_VERSION")
AUTO = "auto"


class Session(Protocol):
    """Grades jobs, one after the other, at one level of isolation."""

    level: str

    def grade(self, job: Job) -> Verdicts:
        """What a runner finds. Raises `CourseError` and `SandboxError`."""


@contextmanager
def open_session(isolation: str, device: str = "cpu") -> Iterator[Session]:
    """A session at the level asked for: `strict`, `process`, or the best there is (`auto`).

    Raises `SandboxError` when `strict` is asked for and cannot be had.
    """
    level = choose_level(isolation, device)
    if level == lockdown.PROCESS:
        yield FreshSession()
        return
    session = ForkingSession()
    try:
        yield session
    finally:
        session.close()


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
    """A forkserver, started at once, and a forked runner for each job.

    `entry` is how its interpreter begins; tests begin elsewhere, to take a layer away.
    """

    level = lockdown.STRICT

    def __init__(self, entry: Sequence[str] = ENTRY) -> None:
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = _start("forkserver", theirs, entry)

    def grade(self, job: Job) -> Verdicts:
        """Have a runner forked, and give it the job on a socket that the forkserver never reads."""
        ours, theirs = socket.socketpair()
        with theirs:
            try:
                socket.send_fds(self._control, [b"R"], [theirs.fileno()])
            except OSError as error:
                raise SandboxError(_died(self._process)) from error
        return _converse(ours, job, self.level)

    def close(self) -> None:
        """End the forkserver; its children end with it."""
        self._control.close()
        self._process.kill()
        self._process.wait()


class FreshSession:
    """A fresh interpreter for each job: slower, and all that some systems can do."""

    level = lockdown.PROCESS

    def grade(self, job: Job) -> Verdicts:
        """Start a runner, give it the job, and wait for its end."""
        ours, theirs = socket.socketpair()
        with theirs:
            process = _start("runner", theirs)
        try:
            return _converse(ours, job, self.level)
        finally:
            process.kill()
            process.wait()


def _start(role: str, end: socket.socket, entry: Sequence[str] = ENTRY) -> subprocess.Popen[bytes]:
    """One of our own processes, with an emptied environment and one socket to here."""
    kept = {name: os.environ[name] for name in ENVIRONMENT_KEPT if name in os.environ}
    return subprocess.Popen(
        [*INTERPRETER, *entry, role, str(end.fileno()), RUNNER],
        pass_fds=[end.fileno()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        env=kept,
        start_new_session=True,  # an interrupt from the keyboard is the launcher's to handle
    )


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


def _died(process: subprocess.Popen[bytes]) -> str:
    return f"The forkserver could not be started (exit status {process.wait()})."
