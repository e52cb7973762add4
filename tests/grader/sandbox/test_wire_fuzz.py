"""Frames that nobody would write: the reader gives a value or refuses, and nothing else happens."""

import os
import random
import resource
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest
import torch

from grader.sandbox import wire
from grader.sandbox.frames import PREFIX, Channel, FrameError
from grader.sandbox.wire import Foreign, Reference

# A normal run takes seconds for these, and they are the same each time, so that nobody's change
# fails by chance. A longer one (HANDROLLED_FUZZ=5000000, over night or after a change of the wire
# format) is for finding what nobody has found yet: it sees other frames each time.
USUAL = 20_000
FRAMES = int(os.environ.get("HANDROLLED_FUZZ", USUAL))
# What a reader may map while it works on frames of some kilobytes: far more than it needs, and
# far less than what a hostile header can claim.
ROOM = 1 << 29


class NeverWaiting:
    """A waiter for a peer that has sent everything it ever will."""

    def wait(self, fd: int, events: int) -> None:
        """A reader that waits would wait for ever."""
        raise AssertionError("the reader waits for bytes that cannot come")


@contextmanager
def limited_memory() -> Iterator[None]:
    """A hostile claim ends as an error of memory, which is none of the errors that may come out."""
    before = resource.getrlimit(resource.RLIMIT_AS)
    mapped = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (mapped + ROOM, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


def is_plain(value: object) -> bool:
    """Whether a value is made of built-in types, plain tensors and stand-ins, and of those only."""
    if type(value) in (list, tuple):
        return all(map(is_plain, value))
    if type(value) is dict:
        return all(map(is_plain, (*value, *value.values())))
    scalars = (type(None), bool, int, float, str, torch.dtype, Foreign, Reference)
    return type(value) in (torch.Tensor, *scalars)


# --- bytes that were hit on their way ---

# Where msgpack changes its mind: lists, maps, texts, bytes, numbers and extensions of any length.
MARKERS = bytes(range(0xC0, 0xE0)) + bytes((0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xFF))
MANY = (b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\xdd\xff\xff\xff\xff", b"\xdf\xff\xff\xff\xff")


def frame(header: bytes, body: bytes) -> bytes:
    """A whole frame as it goes over the socket."""
    return PREFIX.pack(len(header), len(body)) + header + body


def sound_frames() -> list[bytes]:
    """Honest frames, to start from."""
    tensors = [torch.ones(3, dtype=dtype) for dtype in wire.DTYPES.values()]
    values = [
        None, [1, -1, 2.5, "text", None, True], {"a": (1, [2, {}]), 3: None}, tensors[0],
        tensors, {"value": torch.arange(24).reshape(2, 3, 4), "arguments": [[torch.ones(())], {}]},
        [torch.zeros(0, 3), torch.bool], (1 << 64, [[[[]]]]), "x" * 300, list(range(200)),
    ]  # fmt: skip
    encoded = [wire.encode(value) for value in values]
    encoded += [wire.encode([object(), {"kept": print}], keep=lambda _: Reference(1, "o", True))]
    return [frame(header, b"".join(body)) for header, body in encoded]


SOUND = sound_frames()


def hit(data: bytearray, dice: random.Random) -> None:
    """One thing that can happen to bytes."""
    place, length = dice.randrange(len(data) + 1), dice.choice((1, 1, 2, 4, 8, 32))
    match dice.randrange(7):
        case 0:
            data[place : place + 1] = bytes((dice.randrange(256),))
        case 1:
            data[place : place + 1] = bytes((dice.choice(MARKERS),))
        case 2:
            data[place:place] = dice.choice(MANY)
        case 3:
            data[place : place + 4] = dice.choice(MANY)
        case 4:
            del data[place : place + length]
        case 5:
            data[place:place] = data[place : place + length] * dice.choice((1, 2, 50))
        case 6:
            other = dice.choice(SOUND)
            start = dice.randrange(len(other))
            data[place : place + length] = other[start : start + length]


def damaged(dice: random.Random) -> bytes:
    """A frame with some damage; often its lengths are made to fit again, to get past them."""
    data = bytearray(dice.choice(SOUND))
    header_size = PREFIX.unpack_from(data)[0]
    lengths_fit = dice.random() < 0.8
    content = data[PREFIX.size :] if lengths_fit else data
    for _ in range(dice.choice((1, 1, 2, 5))):
        hit(content, dice)
    if not lengths_fit:
        return bytes(content)
    header_size = min(header_size, len(content))
    return frame(content[:header_size], content[header_size:])


def read_from_a_socket(data: bytes) -> object:
    """What a reader makes of a peer that sends these bytes and goes away."""
    ours, theirs = socket.socketpair()
    channel = Channel(ours.detach())
    try:
        with theirs:
            theirs.sendall(data)
        return wire.receive(channel, waiter=NeverWaiting())
    finally:
        channel.close()


# --- headers that were written to harm ---

SIZES = (
    0, 1, 2, 3, 4, 8, 63, 64, 65, 128, -1, -8, 1 << 16, (1 << 31) - 1, 1 << 31, 1 << 32,
    (1 << 63) - 1, 1 << 63, (1 << 64) - 1, -(1 << 63),
)  # fmt: skip
ODD = (
    None, True, False, 0.0, 1.5, float("nan"), "", "cpu", "float32", "tensor", "list", b"bytes",
    {}, {"list": []}, [], ["list"], [[]], "x" * 1000, "__class__", "\x00", "\x1b[31m", "é",
)  # fmt: skip
TAGS = ("list", "tuple", "dict", "tensor", "dtype", "foreign", "object")
NAMES = (*wire.DTYPES, "object", "float8_e4m3fn", "__class__", "")


def field(dice: random.Random, sound: object, *, spoilt: float = 0.1) -> object:
    """What should be here; now and then something else."""
    return dice.choice((*SIZES, *ODD)) if dice.random() < spoilt else sound


def entry(dice: random.Random) -> object:
    """A tensor's description, sound in most of its fields."""
    small = [dice.randrange(9) for _ in range(dice.choice((0, 1, 1, 2, 2, 3, 16, 17)))]
    wild = [dice.choice(SIZES) for _ in range(dice.choice((1, 2, 3, 16)))]
    fields = [
        field(dice, dice.choice(NAMES)),
        field(dice, [field(dice, size, spoilt=0.03) for size in dice.choice((small, small, wild))]),
        field(dice, dice.choice((0, 0, 8, 64, *SIZES))),
        field(dice, "cpu"),
        field(dice, sound=False),
    ]
    return field(dice, fields[: dice.choice((5, 5, 5, 5, 5, 5, 4))], spoilt=0.03)


def tree(dice: random.Random, tensors: int, depth: int = 0) -> object:
    """A tree that is hostile here or there."""
    if depth > 5 or dice.random() < 0.2:
        return dice.choice((*SIZES, *ODD)) if dice.random() < 0.2 else dice.choice((1, "a", None))
    inner = [tree(dice, tensors, depth + 1) for _ in range(dice.choice((0, 1, 1, 2, 3)))]
    match field(dice, dice.choice(TAGS), spoilt=0.03):
        case "dict":
            keys = (field(dice, dice.choice(("a", 1, None, 2.5))) for _ in inner)
            return ["dict", *(field(dice, list(pair)) for pair in zip(keys, inner, strict=True))]
        case "tensor":
            return ["tensor", field(dice, dice.randrange(max(tensors, 1)))]
        case "dtype":
            return ["dtype", field(dice, dice.choice(NAMES))]
        case "foreign":
            return ["foreign", field(dice, "set")]
        case "object":
            return ["object", field(dice, 1), field(dice, "Linear"), field(dice, sound=True)]
        case tag:
            return [tag, *inner]


def spoilt_header(dice: random.Random) -> bytes:
    """A header of which every part is msgpack, and some part is not what it should be."""
    table = [entry(dice) for _ in range(dice.choice((0, 1, 2, 5)))]
    message = [tree(dice, len(table)), field(dice, table, spoilt=0.02)]
    return msgspec.msgpack.encode(field(dice, message, spoilt=0.01))


def decode_with_a_body(header: bytes) -> object:
    """What a reader makes of a header with some bytes behind it."""
    return wire.decode(header, bytearray(range(256)))


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="memory is limited by Linux")
@pytest.mark.parametrize(
    ("make", "read"),
    [
        pytest.param(damaged, read_from_a_socket, id="damaged bytes"),
        pytest.param(spoilt_header, decode_with_a_body, id="spoilt headers"),
    ],
)
def test_no_frame_does_anything_but_give_a_value_or_be_refused(make, read):
    """Whatever arrives, no other error, no strange object and no allocation comes of it."""
    dice = random.Random(make.__name__ if FRAMES <= USUAL else None)
    values = refusals = 0
    with limited_memory():
        for number in range(FRAMES):
            data = make(dice)
            try:
                value = read(data)
            except FrameError:
                refusals += 1
            except BaseException as error:
                pytest.fail(f"frame {number} gives {error!r}: {data.hex()}")
            else:
                values += 1
                if not is_plain(value):
                    pytest.fail(f"frame {number} gives {value!r}: {data.hex()}")

    assert min(values, refusals) > FRAMES // 20, "the frames are all alike"
