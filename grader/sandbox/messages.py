"""A job and its verdicts as bytes, between our own processes: msgpack, since JSON knows no nan."""

import struct
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from grader.model import Verdicts
from grader.sandbox.frames import Buffer, Channel, Waiter

T = TypeVar("T")
# A job carries submissions, verdicts carry what they printed; both far below this.
MAX_MESSAGE = 1 << 28
# What the forkserver is asked for, with a descriptor: a runner that reads its job there (and takes
# that one's tasks from a second descriptor), or to make workers for whoever asks there.
RUNNER, CONNECTION = b"R", b"C"
# To get ready for many gradings; this comes without a descriptor.
SETTLE = b"S"
# What a kept runner is told of the next job: its seed. With it come the descriptors that a fork
# needs: to the forkserver, to where it reads the job, and to where it takes tasks.
NEXT_JOB = struct.Struct("<q")


class Reply(msgspec.Struct, frozen=True):
    """What a runner answers: verdicts, or why it could not come to any."""

    verdicts: Verdicts = Verdicts()
    course_error: str | None = None
    sandbox_error: str | None = None


def encode(message: object) -> bytes:
    """A message as bytes."""
    return msgspec.msgpack.encode(message, enc_hook=_encode)


def decode(data: Buffer, kind: type[T]) -> T:
    """The message of a kind in some bytes. Raises `msgspec.DecodeError`."""
    return msgspec.msgpack.decode(data, type=kind, dec_hook=_decode)


def send(channel: Channel, message: object, *, waiter: Waiter) -> None:
    """Send one message."""
    channel.send(b"", [encode(message)], waiter=waiter)


def receive(channel: Channel, kind: type[T], *, waiter: Waiter) -> T:
    """Receive one message of a kind. Raises `FrameError`."""
    _, body = channel.receive(waiter=waiter, max_header=0, max_body=MAX_MESSAGE)
    return decode(body, kind)


def _encode(value: Any) -> Any:
    if isinstance(value, Path):
        return str(value)
    raise NotImplementedError(f"{type(value).__name__} has no place in a message")


def _decode(kind: type, value: Any) -> Any:
    return kind(value)
