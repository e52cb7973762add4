"""The launcher's side of a runner: what it is told, and what it answers."""

import contextlib
import select
import shutil
import socket
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from grader.errors import CourseError, RunnerLost, SandboxError
from grader.model import Job, Verdicts
from grader.sandbox import messages
from grader.sandbox.frames import Channel, FrameError, Patient
from grader.sandbox.messages import NEXT_JOB, Reply


class Conversation:
    """A job, given to a runner, and its answer."""

    def __init__(self, runner: socket.socket, job: Job, level: str) -> None:
        self._channel = Channel(runner.detach())
        self._job = replace(job, isolation=level, scratch=_new_scratch())

    def __enter__(self) -> "Conversation":
        """Hand the job over. The runner gets to work at once."""
        with _explained():
            messages.send(self._channel, self._job, waiter=Patient())
        return self

    def __exit__(self, *_exception: object) -> None:
        """Hang up: a runner that is still at work is ended."""
        self._channel.close()
        shutil.rmtree(self._job.scratch, ignore_errors=True)

    def verdicts(self) -> Verdicts:
        """What the runner found. Raises `CourseError` and `SandboxError`."""
        with _explained():
            reply = messages.receive(self._channel, Reply, waiter=Patient())
        _raise_error(reply)
        return reply.verdicts


class KeptRunner:
    """The launcher's side of a runner that forks itself for each job like the one it was made for.

    It says no more than why it ended.
    """

    def __init__(self, runner: socket.socket, like: Job) -> None:
        self._socket = runner
        messages.send(Channel(runner.fileno()), like, waiter=Patient())
        runner.setblocking(True)

    @property
    def ended(self) -> bool:
        """Whether it says so, or was ended."""
        return bool(select.select([self._socket], [], [], 0)[0])

    def fork(self, seed: int, *descriptors: int) -> None:
        """Have it fork a runner with these descriptors. What ends it, the conversation shows."""
        with contextlib.suppress(OSError):
            socket.send_fds(self._socket, [NEXT_JOB.pack(seed)], descriptors)

    def raise_reason(self) -> None:
        """Raise what it ended for, if it said so."""
        if self.ended:
            with contextlib.suppress(FrameError):
                _raise_error(
                    messages.receive(Channel(self._socket.fileno()), Reply, waiter=Patient())
                )

    def close(self) -> None:
        """Let it end."""
        self._socket.close()


def _raise_error(reply: Reply) -> None:
    if reply.course_error is not None:
        raise CourseError(reply.course_error)
    if reply.sandbox_error is not None:
        raise SandboxError(reply.sandbox_error)


def _new_scratch() -> Path:
    return Path(tempfile.mkdtemp(prefix="handrolled-"))


@contextlib.contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except FrameError as error:
        raise RunnerLost(
            "The process that runs the suite went away without an answer. Run the command again; "
            "if it happens once more, `grade doctor` may tell why."
        ) from error
