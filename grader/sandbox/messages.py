"""A job and its verdicts as bytes, between our own processes: msgpack, since JSON knows no nan."""

from pathlib import Path
from typing import Any, TypeVar

import msgspec

from grader.model import Verdicts
from grader.sandbox.frames import Channel, Waiter

T = TypeVar("T")
# A job carries submissions, verdicts carry what they printed; both far below this.
MAX_MESSAGE = 1 << 28


class Reply(msgspec.Struct, frozen=True):
    """What a runner answers: verdicts, or why it could not come to any."""

    verdicts: Verdicts = Verdicts()
    course_error: str | None = None
    sandbox_error: str | None = None


def send(channel: Channel, message: object, *, waiter: Waiter) -> None:
    """Send one message."""
    channel.send(b"", [msgspec.msgpack.encode(message, enc_hook=_encode)], waiter=waiter)


def receive(channel: Channel, kind: type[T], *, waiter: Waiter) -> T:
    """Receive one message of a kind. Raises `FrameError`."""
    _, body = channel.receive(waiter=waiter, max_header=0, max_body=MAX_MESSAGE)
    return msgspec.msgpack.decode(body, type=kind, dec_hook=_decode)


def _encode(value: Any) -> Any:
    if isinstance(value, Path):
        return str(value)
    raise NotImplementedError(f"{type(value).__name__} has no place in a message")


def _decode(kind: type, value: Any) -> Any:
    return kind(value)
