"""Values between a runner and a worker that it does not trust."""

import collections
import math
import socket

import hypothesis
import msgspec
import pytest
import torch
from hypothesis import strategies as st

from grader.sandbox import wire
from grader.sandbox.frames import MAX_HEADER, Channel, Patient
from grader.sandbox.values import Foreign, Reference, WireError, device_of
from grader.sandbox.wire import decode, encode
from grader.submission import MAX_BYTES

PATIENT = Patient()
# Written out, so that none can be lost from the wire unnoticed.
DTYPES = (
    torch.float16, torch.bfloat16, torch.float32, torch.float64, torch.complex64, torch.complex128,
    torch.bool, torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64,
)  # fmt: skip
SHAPES = [(), (0,), (1,), (5,), (2, 0, 3), (2, 3), (1, 1, 1), (2, 3, 4)]


def crossed(value, **how):
    """`value` after it has been through the wire."""
    header, body = encode(value, **how)
    return decode(header, bytearray().join(body))


def bits(tensor):
    """What a tensor is, to the last bit: so that nan is nan, and −0 is not 0."""
    return tensor.dtype, tuple(tensor.shape), tensor.clone().numpy(force=True).tobytes()


def same_bits(tensor, other):
    """Whether two tensors have the same dtype, shape and bits (NumPy knows no bfloat16)."""
    wide = {torch.bfloat16: torch.float32}
    pair = [t.detach().to(wide.get(t.dtype, t.dtype)) for t in (tensor, other)]
    return tensor.dtype == other.dtype and bits(pair[0]) == bits(pair[1])


def counting(shape, dtype):
    """Small numbers, all different where the dtype allows it."""
    return (torch.arange(math.prod(shape)) - 2).abs().to(dtype).reshape(shape)


# --- tensors ---


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_tensor_arrives_with_its_dtype_shape_and_values(dtype, shape):
    """Every dtype of the course crosses, in any shape, 0-dimensional and empty ones included."""
    tensor = counting(shape, dtype)

    arrived = crossed(tensor)

    assert same_bits(arrived, tensor)


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16, torch.float32, torch.float64])
def test_floats_that_are_no_numbers_arrive_bit_for_bit(dtype):
    """nan, infinities, −0 and the smallest of numbers are not rounded on their way."""
    tiny = torch.finfo(dtype).smallest_normal / 2
    tensor = torch.tensor([math.nan, math.inf, -math.inf, -0.0, tiny], dtype=dtype)

    arrived = crossed(tensor)

    assert same_bits(arrived, tensor)


BASE = torch.arange(24.0).reshape(4, 6)
COMPLEX = torch.complex(BASE, BASE + 0.5)
VIEWS = {
    "transposed": BASE.T,
    "every other row": BASE[::2],
    "every other column": BASE[:, ::2],
    "with an offset": BASE[1:, 2:],
    "expanded": torch.arange(3.0).expand(2, 3),
    "one number expanded": torch.tensor(7.0).expand(3, 3),
    "permuted": BASE.reshape(2, 3, 4).permute(2, 0, 1),
    "channels last": torch.arange(24.0).reshape(1, 2, 3, 4).to(memory_format=torch.channels_last),
    "conjugate": COMPLEX.conj(),
    "conjugate transposed": COMPLEX.mH,
    "negative of an imaginary part": COMPLEX.conj().imag,
    "negative as a note on it": torch._neg_view(BASE),
    "real part": COMPLEX.real,
    "diagonal": BASE.diagonal(),
    "empty slice": BASE[4:],
}


@pytest.mark.parametrize("name", VIEWS)
def test_view_arrives_as_the_numbers_that_it_shows(name):
    """How a tensor lies in memory, conjugate and negative bits included, changes nothing."""
    view = VIEWS[name]

    arrived = crossed(view)

    assert same_bits(arrived, view.resolve_conj().resolve_neg())


@pytest.mark.parametrize("dtype", [torch.float32, torch.int64, torch.complex64], ids=str)
@pytest.mark.parametrize("shape", [(1,), (1, 1), (1, 1, 1)], ids=str)
def test_single_number_cut_out_of_a_larger_tensor_arrives(shape, dtype):
    """A column of one row has a stride of its own, though torch calls it contiguous."""
    single = torch.as_strided(torch.arange(8).to(dtype), shape, (3,) * len(shape), 2)

    arrived = crossed(single)

    assert same_bits(arrived, torch.full(shape, 2, dtype=dtype))


def test_tensor_arrives_as_a_plain_one_that_remembers_its_gradient():
    """What arrives computes no gradients here; whether it did over there is a note on it."""
    parameter = torch.nn.Parameter(torch.ones(2))
    tensors = [parameter, parameter * 2, parameter.detach()]

    arrived = crossed(tensors)

    assert [type(tensor) for tensor in arrived] == [torch.Tensor] * 3
    assert [tensor.required_grad for tensor in arrived] == [True, True, False]
    assert not any(tensor.requires_grad for tensor in arrived)


def test_device_of_a_tensor_is_where_it_lived():
    """A tensor arrives on the CPU, and remembers which device it came from."""
    header, body = encode(torch.ones(2))

    arrived = decode(header.replace(b"\xa3cpu", b"\xa4cuda"), bytearray().join(body))

    assert (device_of(arrived), arrived.device.type) == ("cuda", "cpu")
    assert device_of(torch.ones(2)) == "cpu"


def test_plain_chooses_whose_numbers_are_sent():
    """The data of a tensor may lie in another one, as they do for the pretend device."""
    shell, core = torch.zeros(2), torch.tensor([1.0, 2.0])

    arrived = crossed(shell, plain=lambda tensor: core if tensor is shell else tensor)

    assert arrived.tolist() == [1.0, 2.0]


class Lying(torch.Tensor):
    """A tensor that answers every question about it with what would please."""

    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None):
        """Nothing is as it is."""
        return torch.full((3, 3), 42.0)


class Raising(torch.Tensor):
    """A tensor that answers no question."""

    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None):
        """Refuse."""
        raise AssertionError("nobody looks at me")


@pytest.mark.parametrize("kind", [Lying, Raising])
def test_subclass_of_tensor_has_no_say_in_what_is_sent(kind):
    """A subclass crosses as the plain data in its memory, whatever its methods would answer."""
    with torch._C.DisableTorchFunctionSubclass():
        tensor = torch.tensor([1.0, 2.0]).as_subclass(kind)

    arrived = crossed([tensor])[0]

    assert type(arrived) is torch.Tensor
    assert arrived.tolist() == [1.0, 2.0]


def test_tensors_of_one_value_do_not_mix():
    """Many tensors share one body, and each finds its own bytes in it."""
    tensors = [counting(shape, dtype) for shape in SHAPES for dtype in DTYPES]

    arrived = crossed(tensors)

    assert all(map(same_bits, arrived, tensors))


# --- plain data ---


Pair = collections.namedtuple("Pair", "left right")
VALUES = [
    None, True, False, 0, 1, -1, -(1 << 63), (1 << 64) - 1, 0.0, -0.5, math.inf, "", "é 漢 🙂",
    [], (), {}, [1, [2.0, (None, "x")], {}], ([],), {"a": {"b": [1, (2,)]}},
    {None: 1, True: 2, 3: 3, 4.5: 4, "six": 5}, list(DTYPES),
]  # fmt: skip
WORDS = st.sampled_from(["", "list", "tuple", "dict", "tensor", "dtype", "foreign", "object", "é"])
SCALARS = st.none() | st.booleans() | st.integers(-(1 << 63), (1 << 64) - 1) | st.floats() | WORDS
NESTED = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner) | st.lists(inner).map(tuple) | st.dictionaries(SCALARS, inner),
    max_leaves=10,
)


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_plain_data_arrives_as_it_was(value):
    """Scalars and structures arrive equal and of the same types: True is no 1, a tuple no list."""
    arrived = crossed(value)

    assert (arrived, repr(arrived)) == (value, repr(value))


@hypothesis.settings(database=None, deadline=None, max_examples=60)
@hypothesis.given(NESTED)
def test_any_nesting_of_plain_data_arrives_as_it_was(value):
    """Strings that look like tags, keys that are nan: there is no value that is misread."""
    arrived = crossed(value)

    assert repr(arrived) == repr(value)


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (torch.Size([2, 3]), (2, 3)),
        (Pair(1, 2), (1, 2)),
        (collections.OrderedDict(b=1, a=2), {"b": 1, "a": 2}),
        (collections.defaultdict(list, a=[1]), {"a": [1]}),
    ],
)
def test_kinds_of_tuples_and_dicts_arrive_as_plain_ones(value, plain):
    """The reader rebuilds built-in types only; the order of keys is kept."""
    arrived = crossed(value)

    assert type(arrived) is type(plain)
    assert repr(arrived) == repr(plain)


def test_long_text_is_cut():
    """What a student returns cannot make a frame as large as it likes."""
    arrived = crossed("x" * (wire.MAX_TEXT + 1))

    assert arrived == "x" * wire.MAX_TEXT


def test_largest_submission_crosses_whole():
    """Its text is cut nowhere, not even where it is laid over a solution as long as itself."""
    layer = {"name": "pooling", "file": "pooling.py", "source": "é" * (MAX_BYTES // 2)}
    load = {"layers": [layer, layer], "operators": ["max_pool2d"] * 50, "seed": 1}

    header, body = encode(load)

    assert decode(header, bytearray().join(body)) == load
    assert len(header) <= MAX_HEADER


def test_long_text_takes_nothing_away_from_the_keys_around_it():
    """An answer with a long text is still an answer, with all its names."""
    arrived = crossed({"value": "x" * (2 * wire.MAX_TEXT), "arguments": None})

    assert list(arrived) == ["value", "arguments"]


def test_value_goes_from_one_process_to_another():
    """`send` and `receive` are `encode` and `decode` around a frame."""
    ours, theirs = (Channel(end.detach()) for end in socket.socketpair())
    thing = object()
    value = {"tensors": (torch.arange(6).reshape(2, 3), torch.ones(0)), "thing": thing}

    wire.send(ours, value, waiter=PATIENT, keep=lambda _: Reference(5, "object", False))
    arrived = wire.receive(theirs, waiter=PATIENT, resolve=lambda r: f"object {r.number}")
    ours.close()
    theirs.close()

    assert arrived["thing"] == "object 5"
    assert arrived["tensors"][0].tolist() == [[0, 1, 2], [3, 4, 5]]
    assert arrived["tensors"][1].shape == (0,)


# --- what stays behind ---


def test_objects_stay_and_cross_as_references():
    """Each object is kept where it is; on the other side its number stands for it."""
    model, kept = torch.nn.Linear(1, 1), []

    def keep(value):
        kept.append(value)
        return Reference(len(kept), type(value).__name__, isinstance(value, torch.nn.Module))

    arrived = crossed([model, {"inside": (model, 1j)}], keep=keep)

    first, second = Reference(1, "Linear", True), Reference(2, "Linear", True)
    assert arrived == [first, {"inside": (second, Reference(3, "complex", False))}]
    assert kept == [model, model, 1j]


class Friendly(str):
    """Text that equals everything."""

    __hash__ = str.__hash__

    def __eq__(self, other):
        """Whatever you say."""
        return True


class Forever(int):
    """A number with ideas of its own."""


class Near(float):
    """A number that is never far away."""


ODD_ONES = [Friendly("x"), Forever(1), Near(1.0), b"bytes", bytearray(1), 1j, {1}, object, len]


@pytest.mark.parametrize("value", ODD_ONES)
def test_what_only_looks_like_plain_data_is_an_object(value):
    """A subclass of a scalar may answer as it likes, so it is none, and nothing is pickled."""
    arrived = crossed([value], keep=lambda _: Reference(0, "kept", False))

    assert arrived == [Reference(0, "kept", False)]


def test_object_that_nobody_keeps_cannot_cross():
    """Without somewhere to stay, an object is refused where it is, not on the other side."""
    with pytest.raises(TypeError, match="Linear cannot cross the wire"):
        encode([torch.nn.Linear(1, 1)])


def strange_tensors():
    """Tensors that cannot cross, by what their stand-in must mention."""
    return {
        "sparse_coo": torch.eye(2).to_sparse(),
        "sparse_csr": torch.eye(2).to_sparse_csr(),
        "mkldnn": torch.ones(2).to_mkldnn(),
        "quantized": torch.quantize_per_tensor(torch.ones(2), 1.0, 0, torch.qint8),
        "meta": torch.ones(2, device="meta"),
        "float8_e4m3fn": torch.ones(2).to(torch.float8_e4m3fn),
        "uint16": torch.ones(2, dtype=torch.uint16),
    }


@pytest.mark.filterwarnings("ignore")  # torch calls half of these kinds a prototype
@pytest.mark.parametrize("kind", ["sparse_coo", "sparse_csr", "mkldnn", "quantized", "meta",
                                  "float8_e4m3fn", "uint16"])  # fmt: skip
def test_strange_tensor_arrives_as_a_stand_in_that_says_what_it_was(kind):
    """A tensor that cannot cross equals nothing that was asked for, and breaks nothing."""
    arrived = crossed([strange_tensors()[kind]])[0]

    assert type(arrived) is Foreign
    assert kind in arrived.type


@pytest.mark.parametrize("number", [1 << 64, -(1 << 63) - 1, 1 << 10_000],
                         ids=["just too large", "just too small", "far too large"])  # fmt: skip
def test_huge_int_arrives_as_a_stand_in(number):
    """An int that msgpack cannot hold says how large it was."""
    arrived = crossed([number])

    assert arrived == [Foreign(f"int of {number.bit_length()} bits")]


def nested(depth):
    """A list in a list in a list."""
    value = "the innermost"
    for _ in range(depth):
        value = [value]
    return value


def innermost(value):
    """What is in the innermost list."""
    while type(value) is list:
        (value,) = value
    return value


def test_deep_nesting_arrives():
    """A structure may be nested deeply enough for anything that a student means."""
    assert innermost(crossed(nested(wire.MAX_DEPTH))) == "the innermost"


def test_nesting_without_end_is_cut_where_it_is_written():
    """A list that contains itself does not keep the writer busy for ever."""
    endless: list[object] = []
    endless.append(endless)

    header, _ = encode(endless)

    assert b"nested too deeply" in header
    assert len(header) < 1000


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(nested(wire.MAX_DEPTH + 1), id="too deep"),
        pytest.param({(1, 2): "a tuple"}, id="a tuple as key"),
        pytest.param({torch.float32: "a dtype"}, id="a dtype as key"),
        pytest.param({1 << 70: "huge"}, id="a huge int as key"),
        pytest.param(list(range(wire.MAX_NODES)), id="too many parts"),
        pytest.param([[0]] * (wire.MAX_NODES * 6 // 10), id="too many parts in parts"),
        pytest.param([[]] * (wire.MAX_NODES - 1), id="many empty parts"),
        pytest.param([torch.zeros(())] * 36_000, id="too many tensors"),
        pytest.param([[1 << 62] * 90_000, "x" * wire.MAX_TEXT], id="much of everything"),
        pytest.param(["x" * wire.MAX_TEXT] * 5, id="too much text"),
        pytest.param("🙂" * wire.MAX_TEXT, id="too many bytes of text"),
        pytest.param(torch.zeros((1,) * (wire.MAX_DIMENSIONS + 1)), id="too many dimensions"),
        pytest.param(torch.float8_e4m3fn, id="an unusual dtype"),
    ],
)
def test_reader_takes_everything_that_the_writer_writes(value):
    """An honest value that is too much for the wire is cut or replaced, never called garbage."""
    header, body = encode(value)

    assert len(header) <= MAX_HEADER
    decode(header, bytearray().join(body))


# --- the strict reader ---


def header_of(tree, *tensors):
    """A header, written by hand."""
    return msgspec.msgpack.encode([tree, list(tensors)])


def one_tensor(*, dtype="uint8", shape=(4,), offset=0, device="cpu", grad=False):
    """A header of one tensor, with something to spoil."""
    return header_of(["tensor", 0], [dtype, shape, offset, device, grad])


def too_many_parts():
    """A header of a list that is too long."""
    return header_of(["list"] + [None] * wire.MAX_NODES)


def too_deep():
    """A header of lists in lists in lists."""
    tree = None
    for _ in range(2 * wire.MAX_DEPTH):
        tree = ["list", tree]
    return header_of(tree)


BODY_SIZE = 64
MALFORMED = {
    "nothing": b"",
    "no msgpack": b"\xc1",
    "cut short": header_of(["list", 1, 2])[:-2],
    "something behind it": header_of(None) + b"\xc0",
    "text that is not UTF-8": b"\x92\xa2\xff\xff\x90",
    "an endless list": b"\x92\xdd\xff\xff\xff\xff",
    "lists without end": b"\x91" * 100_000,
    "a time that is none": b"\x92\xc7\x0c\xff" + b"\xff" * 12 + b"\x90",
    "no list": msgspec.msgpack.encode({"tree": None}),
    "a scalar": msgspec.msgpack.encode(None),
    "a list of one": msgspec.msgpack.encode([None]),
    "a list of three": msgspec.msgpack.encode([None, [], None]),
    "a table that is no list": msgspec.msgpack.encode([None, {}]),
    "a table that is nothing": msgspec.msgpack.encode([None, None]),
    "bytes in the tree": header_of(b"bytes"),
    "a map in the tree": header_of({"list": 1}),
    "a time in the tree": b"\x92\xd6\xff\x00\x00\x00\x00\x90",
    "an extension in the tree": b"\x92\xd4\x05\x00\x90",
    "an empty list in the tree": header_of([]),
    "an untagged list in the tree": header_of([1, 2]),
    "a tag that is a list": header_of([["list"], 2]),
    "an unknown tag": header_of(["pickle", "cos\nsystem"]),
    "a tag in capitals": header_of(["LIST"]),
    "too many parts": too_many_parts(),
    "too deep": too_deep(),
    "a dict entry that is no list": header_of(["dict", 1]),
    "a dict entry of one": header_of(["dict", ["key"]]),
    "a dict entry of three": header_of(["dict", ["key", 1, 2]]),
    "a dict key that is a list": header_of(["dict", [["list"], 1]]),
    "a dict key that is bytes": header_of(["dict", [b"key", 1]]),
    "an unknown dtype": header_of(["dtype", "float8_e4m3fn"]),
    "a dtype that is a number": header_of(["dtype", 1]),
    "a dtype that is an attribute": header_of(["dtype", "__class__"]),
    "a stand-in for nothing": header_of(["foreign"]),
    "a stand-in for a number": header_of(["foreign", 1]),
    "an object without a number": header_of(["object", "1", "Linear", True]),
    "an object of no type": header_of(["object", 1, None, True]),
    "an object that may be a module": header_of(["object", 1, "Linear", 1]),
    "an object with too much": header_of(["object", 1, "Linear", True, None]),
    "a tensor without a number": header_of(["tensor"], ["uint8", [1], 0, "cpu", False]),
    "a tensor that is not there": header_of(["tensor", 0]),
    "a tensor counted from behind": header_of(["tensor", -1], ["uint8", [1], 0, "cpu", False]),
    "a tensor that is described by a map": header_of(["tensor", 0], {}),
    "a tensor that is described too briefly": header_of(["tensor", 0], ["uint8", [1], 0]),
    "a tensor of an unknown dtype": one_tensor(dtype="object"),
    "a tensor of no dtype": one_tensor(dtype=None),
    "a tensor whose shape is a number": one_tensor(shape=4),
    "a tensor whose shape is text": one_tensor(shape="44"),
    "a tensor with a negative size": one_tensor(shape=[-1]),
    "a tensor with two negative sizes": one_tensor(shape=[-2, -2]),
    "a tensor with a fractional size": one_tensor(shape=[1.0]),
    "a tensor with a size that is a bool": one_tensor(shape=[True]),
    "a tensor with a huge size": one_tensor(shape=[1 << 31]),
    "a tensor with too many dimensions": one_tensor(shape=[1] * (wire.MAX_DIMENSIONS + 1)),
    "a tensor that is larger than the frame": one_tensor(shape=[BODY_SIZE + 1]),
    "a tensor whose size overflows": one_tensor(shape=[(1 << 31) - 1] * 16),
    "an empty tensor whose strides overflow": one_tensor(shape=[0] + [(1 << 31) - 1] * 15),
    "a tensor before the frame": one_tensor(offset=-8),
    "a tensor behind the frame": one_tensor(offset=BODY_SIZE),
    "a tensor over the end of the frame": one_tensor(offset=BODY_SIZE - 3),
    "a tensor far behind the frame": one_tensor(offset=(1 << 64) - 1),
    "a tensor between two places": one_tensor(dtype="float64", shape=[1], offset=4),
    "a tensor whose place is a fraction": one_tensor(offset=0.0),
    "a tensor on no device": one_tensor(device=None),
    "a tensor on a numbered device": one_tensor(device=0),
    "a tensor on a list of devices": one_tensor(device=["cpu"]),
    "a tensor that may have a gradient": one_tensor(grad=1),
    "one tensor again and again": header_of(
        ["list", *[["tensor", 0]] * 3], ["uint8", [BODY_SIZE // 2], 0, "cpu", False]
    ),
}


@pytest.mark.parametrize("name", MALFORMED)
def test_whatever_is_malformed_is_refused(name):
    """The reader takes nothing that the writer does not write, and fails in one way only."""
    with pytest.raises(WireError):
        decode(MALFORMED[name], bytearray(BODY_SIZE))


def test_sound_frame_of_the_same_make_is_taken():
    """What is refused above is refused for what is wrong with it, not for how it is written."""
    header = header_of(["dict", ["key", ["tensor", 0]]], ["uint8", [BODY_SIZE], 0, "cpu", False])

    arrived = decode(header, bytearray(range(BODY_SIZE)))

    assert arrived["key"].tolist() == list(range(BODY_SIZE))


def test_bytes_that_are_neither_true_nor_false_are_true():
    """A bool of another byte than 0 and 1 would be undefined behaviour in torch."""
    header = one_tensor(dtype="bool", shape=[4])

    arrived = decode(header, bytearray([0, 1, 2, 255]))

    assert arrived.view(torch.uint8).tolist() == [0, 1, 1, 1]


def test_name_of_a_device_is_not_taken_at_any_length():
    """A note on a tensor stays a note."""
    arrived = decode(one_tensor(device="x" * 100_000), bytearray(BODY_SIZE))

    assert len(device_of(arrived)) < 100
