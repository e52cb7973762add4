"""Frames between two processes of which one may be hostile."""

import contextlib
import os
import select
import socket
import threading
import tracemalloc
from collections.abc import Callable

import pytest

from grader.sandbox.frames import (
    CHUNK,
    MAX_BODY,
    MAX_BUFFERS,
    MAX_HEADER,
    PREFIX,
    Channel,
    FrameError,
    Patient,
    PeerClosed,
)

PATIENT = Patient()
# What a reader may take for a frame of which little or nothing has arrived: its chunks, and some.
MODEST = 8 * CHUNK


class EnoughError(Exception):
    """The waiter has waited long enough."""


class Playing:
    """A waiter that lets the other side make one move each time somebody waits.

    So a slow or a stubborn peer needs neither threads nor sleep.
    """

    def __init__(self, move: Callable[[], object], *, moves: int = 1 << 20) -> None:
        self.move = move
        self.left = moves
        self.asked: set[int] = set()

    def wait(self, fd: int, events: int) -> None:
        """Have the peer move; raise when it had its moves."""
        self.asked.add(events)
        if not self.left:
            raise EnoughError
        self.left -= 1
        self.move()


NEVER = Playing(lambda: None, moves=0)


@pytest.fixture
def ends():
    """A channel and the raw socket at its other end."""
    ours, theirs = socket.socketpair()
    channel = Channel(ours.detach())
    with theirs:
        yield channel, theirs
        channel.close()


def frame(header: bytes, body: bytes = b"") -> bytes:
    """A frame, written by hand."""
    return len(header).to_bytes(4, "little") + len(body).to_bytes(8, "little") + header + body


def peak_of(action: Callable[[], object]) -> int:
    """The most memory, in bytes, that Python held for an action at any time."""
    tracemalloc.start()
    try:
        action()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    ("header", "parts"),
    [
        (b"", []),
        (b"header", []),
        (b"", [b"body"]),
        (b"header", [b"", b"first", b"", bytearray(b"second"), memoryview(b"third"), b""]),
        (b"header", [memoryview(b"12345678").cast("I"), b"!"]),
    ],
)
def test_frame_is_its_lengths_then_header_then_body(ends, header, parts):
    """The format on the wire is fixed, whatever kinds of buffers a body is made of."""
    channel, peer = ends

    channel.send(header, parts, waiter=PATIENT)

    assert peer.recv(1000) == frame(header, b"".join(map(bytes, parts)))


def test_body_of_very_many_buffers_is_one_frame(ends):
    """The system takes only so many buffers at once; none is lost, none sent twice."""
    channel, peer = ends
    parts = [bytes([index % 251]) * (index % 4) for index in range(3 * MAX_BUFFERS)]

    channel.send(b"header", parts, waiter=PATIENT)

    assert peer.recv(1 << 16) == frame(b"header", b"".join(parts))


def test_full_pipe_is_continued_where_it_stopped(ends):
    """Partial writes, in the middle of any buffer, lose and repeat nothing."""
    channel, peer = ends
    parts = [bytes([index]) * 100_001 for index in range(20)]
    received = bytearray()
    reading = Playing(lambda: received.extend(peer.recv(7_777)))

    channel.send(b"header", parts, waiter=reading)
    peer.setblocking(False)
    with contextlib.suppress(BlockingIOError):
        while True:
            reading.move()

    assert bytes(received) == frame(b"header", b"".join(parts))
    assert reading.asked == {select.POLLOUT}


def test_frames_that_arrive_together_are_kept_apart(ends):
    """A reader takes its own frame and leaves the next one alone."""
    channel, peer = ends
    peer.sendall(frame(b"one", b"first") + frame(b"", b"") + frame(b"three"))

    arrived = [channel.receive(waiter=NEVER) for _ in range(3)]

    assert arrived == [(b"one", b"first"), (b"", b""), (b"three", b"")]


def test_frame_that_drips_in_by_the_byte_is_whole(ends):
    """Partial reads, in the middle of any part, are put together."""
    channel, peer = ends
    drops = iter(frame(b"header", b"and a body"))
    dripping = Playing(lambda: peer.send(bytes([next(drops)])))

    arrived = channel.receive(waiter=dripping)

    assert arrived == (b"header", b"and a body")
    assert dripping.asked == {select.POLLIN}


@pytest.mark.parametrize("already_there", [0, 5, PREFIX.size, PREFIX.size + 4, PREFIX.size + 10])
def test_slow_drip_is_ended_by_the_waiter(ends, already_there):
    """Whoever waits decides for how long, in every part of a frame, bytes arriving or not."""
    channel, peer = ends
    whole = frame(b"header", b"x" * 1000)
    peer.sendall(whole[:already_there])
    drops = iter(whole[already_there:])
    dripping = Playing(lambda: peer.send(bytes([next(drops)])), moves=100)

    with pytest.raises(EnoughError):
        channel.receive(waiter=dripping)


def test_peer_that_never_reads_is_ended_by_the_waiter(ends):
    """A full pipe cannot hold up a sender for longer than its waiter allows."""
    channel, _ = ends

    with pytest.raises(EnoughError):
        channel.send(b"", [bytes(1 << 22)], waiter=NEVER)


@pytest.mark.parametrize(
    ("header_size", "body_size"),
    [
        (MAX_HEADER + 1, 0),
        (0, MAX_BODY + 1),
        ((1 << 32) - 1, 0),
        (0, (1 << 64) - 1),
        ((1 << 32) - 1, (1 << 64) - 1),
    ],
)
def test_prefix_that_claims_too_much_is_refused_before_memory_is_taken(
    ends, header_size, body_size
):
    """Twelve bytes from a hostile peer cost no more than twelve bytes."""
    channel, peer = ends
    peer.sendall(PREFIX.pack(header_size, body_size))

    def refuse():
        with pytest.raises(FrameError, match="too large"):
            channel.receive(waiter=NEVER)

    assert peak_of(refuse) < MODEST


def test_memory_follows_what_arrived_and_not_what_is_claimed(ends):
    """A claim within the limit is no reason to take its memory before its bytes are there."""
    channel, peer = ends
    peer.sendall(PREFIX.pack(MAX_HEADER, MAX_BODY) + bytes(MAX_HEADER // 16))

    def wait_for_the_rest():
        with pytest.raises(EnoughError):
            channel.receive(waiter=NEVER)

    assert peak_of(wait_for_the_rest) < MODEST


@pytest.mark.parametrize(("limits", "fits"), [((6, 4), True), ((5, 4), False), ((6, 3), False)])
def test_frame_may_be_as_large_as_the_reader_says_and_no_larger(ends, limits, fits):
    """The limits of the header and of the body are the reader's, and they are inclusive."""
    channel, peer = ends
    peer.sendall(frame(b"header", b"body"))

    def read():
        return channel.receive(waiter=NEVER, max_header=limits[0], max_body=limits[1])

    if fits:
        assert read() == (b"header", b"body")
    else:
        with pytest.raises(FrameError, match=r"6 \+ 4 bytes is too large"):
            read()


@pytest.mark.parametrize("size", [0, 1, PREFIX.size - 1, PREFIX.size, PREFIX.size + 3, 21])
def test_peer_that_goes_away_before_the_end_of_a_frame_is_noticed(ends, size):
    """Half a frame is no frame, wherever it was cut; and nobody waits for the rest of it."""
    channel, peer = ends
    peer.sendall(frame(b"header", b"body")[:size])
    peer.close()

    with pytest.raises(PeerClosed):
        channel.receive(waiter=NEVER)


def test_peer_that_goes_away_with_unread_bytes_is_noticed_by_the_reader(ends):
    """The system calls this a reset connection; for us it is the same thing."""
    channel, peer = ends
    channel.send(b"never read", [], waiter=PATIENT)
    peer.close()

    with pytest.raises(PeerClosed):
        channel.receive(waiter=NEVER)


def test_peer_that_went_away_is_noticed_by_the_sender(ends):
    """Sending to nobody is an error of ours, no signal that kills the process."""
    channel, peer = ends
    peer.close()

    with pytest.raises(PeerClosed):
        channel.send(b"header", [], waiter=NEVER)


def test_closing_a_channel_tells_the_peer():
    """The peer of a closed channel reads its end."""
    ours, theirs = (Channel(end.detach()) for end in socket.socketpair())
    ours.close()

    with pytest.raises(PeerClosed):
        theirs.receive(waiter=NEVER)
    theirs.close()


def test_patience_waits_until_something_arrives(ends):
    """A process that has nothing else to do sleeps until there is a frame."""
    channel, peer = ends
    later = threading.Timer(0.05, peer.sendall, [frame(b"at last")])
    later.start()

    arrived = channel.receive(waiter=PATIENT)
    later.join()

    assert arrived == (b"at last", b"")


def test_channel_is_made_of_one_descriptor_that_select_can_watch(ends):
    """`select` sees a frame coming through the channel itself."""
    channel, peer = ends
    peer.sendall(frame(b"header"))

    ready, _, _ = select.select([channel], [], [], 0)

    assert ready == [channel]
    assert not os.get_blocking(channel.fileno())
