"""Length-prefixed frames over a pair of file descriptors.

A frame is `header length (u32) | body length (u64) | header | body`, little-endian. The reader
trusts nothing: both lengths are checked against a limit before a byte is allocated for them, and
whoever waits decides for how long (`Waiter`), over the whole frame, so that neither a slow drip
nor a full pipe can hold it up.
"""

import os
import select
import struct
from collections.abc import Iterable
from typing import Protocol

PREFIX = struct.Struct("<IQ")
MAX_HEADER = 1 << 21
MAX_BODY = 1 << 28
# writev takes at most IOV_MAX buffers at once, which is 1024 wherever we run.
MAX_BUFFERS = 512
# How much memory a reader takes on credit.
CHUNK = 1 << 16

Buffer = bytes | bytearray | memoryview


class FrameError(Exception):
    """The peer sent something that is not a frame, or went away in the middle of one."""


class PeerClosed(FrameError):
    """The peer closed its end."""


class TooLarge(FrameError):
    """The peer announced a frame that is larger than anybody reads; `size` is in bytes."""

    def __init__(self, header: int, body: int) -> None:
        super().__init__(f"a frame of {header} + {body} bytes is too large")
        self.size = header + body


class Waiter(Protocol):
    """Decides how long to wait for a descriptor; raises when it has waited long enough."""

    def wait(self, fd: int, events: int) -> None:
        """Return when `fd` is ready for `events` (`select.POLLIN` or `select.POLLOUT`)."""


class Patient:
    """Waits for as long as it takes: for a process that has nothing else to do."""

    def wait(self, fd: int, events: int) -> None:
        """Block until `fd` is ready."""
        poll = select.poll()
        poll.register(fd, events)
        poll.poll()


class Channel:
    """One end of a conversation in frames.

    The descriptor is made non-blocking, so that it is the waiter alone who waits.
    """

    def __init__(self, fd: int) -> None:
        os.set_blocking(fd, False)
        self.fd = fd

    def fileno(self) -> int:
        """The descriptor, for `select`."""
        return self.fd

    def close(self) -> None:
        """Close the descriptor; the peer then reads `PeerClosed`."""
        os.close(self.fd)

    def send(self, header: bytes, body: Iterable[Buffer], *, waiter: Waiter) -> None:
        """Send one frame. Raises `PeerClosed` when nobody reads any more."""
        parts = [memoryview(part).cast("B") for part in body if len(part)]
        prefix = PREFIX.pack(len(header), sum(len(part) for part in parts))
        pending = [memoryview(prefix), memoryview(header), *parts]
        while pending:
            try:
                written = os.writev(self.fd, pending[:MAX_BUFFERS])
            except BlockingIOError:
                waiter.wait(self.fd, select.POLLOUT)
            except (BrokenPipeError, ConnectionResetError) as error:
                raise PeerClosed("the peer went away") from error
            else:
                pending = _after(pending, written)

    def receive(
        self, *, waiter: Waiter, max_header: int = MAX_HEADER, max_body: int = MAX_BODY
    ) -> tuple[bytearray, bytearray]:
        """Read one frame. Raises `TooLarge`, or another `FrameError` for one that is cut short."""
        header_size, body_size = PREFIX.unpack(self._read(PREFIX.size, waiter))
        if header_size > max_header or body_size > max_body:
            raise TooLarge(header_size, body_size)
        return self._read(header_size, waiter), self._read(body_size, waiter)

    def _read(self, size: int, waiter: Waiter) -> bytearray:
        buffer = bytearray()
        while len(buffer) < size:
            # Memory follows what arrived, never what the prefix claims.
            chunk = bytearray(min(size - len(buffer), max(CHUNK, len(buffer))))
            count = self._read_some(chunk, waiter)
            buffer += memoryview(chunk)[:count]
        return buffer

    def _read_some(self, chunk: bytearray, waiter: Waiter) -> int:
        while True:
            try:
                count = os.readv(self.fd, [chunk])
            except BlockingIOError:
                waiter.wait(self.fd, select.POLLIN)
                continue
            except ConnectionResetError as error:
                raise PeerClosed("the peer went away") from error
            if not count:
                raise PeerClosed("the peer went away")
            return count


def _after(buffers: list[memoryview], written: int) -> list[memoryview]:
    """What is left of `buffers` once their first `written` bytes are gone."""
    for index, buffer in enumerate(buffers):
        if written < len(buffer):
            return [buffer[written:], *buffers[index + 1 :]]
        written -= len(buffer)
    return []
