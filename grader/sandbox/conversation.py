"""The launcher's side of a runner: what it is told, and what it answers."""

import contextlib
import itertools
import os
import secrets
import select
import socket
import stat
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from grader.errors import CourseError, RunnerLost, SandboxError
from grader.model import Job, Verdicts
from grader.sandbox import messages
from grader.sandbox.frames import Channel, FrameError, Patient
from grader.sandbox.messages import NEXT_JOB, Reply

FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW


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
        _remove(self._job.scratch)

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


def _remove(folder: Path) -> None:
    """Remove a folder of student code, however deep it is, and follow nothing out of it.

    Each folder in it is moved up before the one that held it goes. What cannot go stays.
    """
    names = (f"{secrets.token_hex(8)}-{number}" for number in itertools.count())
    with contextlib.suppress(OSError):
        top = os.open(folder, FOLDER)
        try:
            pending = _emptied(".", top, names)
            while pending:
                place = pending.pop()
                pending += _emptied(place, top, names)
                with contextlib.suppress(OSError):
                    os.rmdir(place, dir_fd=top)
        finally:
            os.close(top)
        folder.rmdir()


def _emptied(place: str, top: int, names: Iterator[str]) -> list[str]:
    """Remove the files of a folder and move its folders up to `top`: what those are called now."""
    moved: list[str] = []
    with contextlib.suppress(OSError):
        here = os.open(place, FOLDER, dir_fd=top)
        try:
            for entry in os.listdir(here):
                with contextlib.suppress(OSError):
                    if stat.S_ISDIR(os.lstat(entry, dir_fd=here).st_mode):
                        name = next(names)
                        os.rename(entry, name, src_dir_fd=here, dst_dir_fd=top)
                        moved.append(name)
                    else:
                        os.unlink(entry, dir_fd=here)
        finally:
            os.close(here)
    return moved


@contextlib.contextmanager
def _explained() -> Iterator[None]:
    try:
        yield
    except FrameError as error:
        raise RunnerLost(
            "The process that runs the suite went away without an answer. Run the command again; "
            "if it happens once more, `grade doctor` may tell why."
        ) from error
