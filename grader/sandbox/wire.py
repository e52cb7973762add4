"""Values to frames and back, between a runner and a worker that it does not trust.

The header is msgpack: `[tree, tensors]`. The tree holds plain scalars as they are and everything
else as a tagged list; tensors are described by `[dtype, shape, offset, device, requires_grad]`, and
by the order of their dimensions in memory where it is unusual; their bytes follow in the body.
Pickle is used in neither direction. The reader whitelists tags, types and dtypes, and checks every
size against what really arrived, so that the worst a peer can do is to send wrong values.
"""

import math
from collections.abc import Callable
from typing import Any

import msgspec
import torch

from grader.sandbox.frames import MAX_HEADER, Buffer, Channel, Waiter
from grader.sandbox.values import (
    ALIGNMENT,
    DIMENSION,
    DTYPE_NAMES,
    DTYPES,
    ITEM_SIZES,
    MAX_DEPTH,
    MAX_DIMENSIONS,
    MAX_KEY,
    MAX_NODES,
    MAX_TENSORS,
    MAX_TEXT,
    PART,
    TENSOR,
    Foreign,
    Reference,
    WireError,
    strange_in,
)

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder()


class _Writer:
    """Turns one value into a tree and the buffers that it refers to."""

    def __init__(
        self, keep: Callable[[object], Reference], plain: Callable[[torch.Tensor], torch.Tensor]
    ) -> None:
        self.keep = keep
        self.plain = plain
        self.tensors: list[list[Any]] = []
        self.buffers: list[Buffer] = []
        self.offset = 0
        self.nodes = 1
        self.room = MAX_HEADER - (1 << 16)

    def tree(self, value: object, depth: int = 0) -> object:
        if depth > MAX_DEPTH:
            return ["foreign", "structure nested too deeply"]
        if type(value) is str:
            return self.words(value)
        if value is None or type(value) in (bool, float):
            return value
        if type(value) is int:
            small = -(1 << 63) <= value < 1 << 64
            return value if small else ["foreign", f"int of {value.bit_length()} bits"]
        if isinstance(value, (list, tuple, dict)) and not self.pays_for(len(value)):
            return ["foreign", f"{type(value).__name__} of {len(value):,} items"]
        if isinstance(value, torch.Tensor):
            return self.tensor(value)
        if isinstance(value, torch.dtype):
            name = DTYPE_NAMES.get(value)
            return ["dtype", name] if name else ["foreign", f"{value}"]
        if type(value) is list:
            return ["list", *(self.tree(item, depth + 1) for item in value)]
        if isinstance(value, tuple):
            return ["tuple", *(self.tree(item, depth + 1) for item in value)]
        if isinstance(value, dict):
            return ["dict", *(self.pair(k, v, depth) for k, v in value.items())]
        if isinstance(value, Reference):
            return ["object", value.number, value.type, value.is_module]
        if isinstance(value, Foreign):
            return ["foreign", value.type]
        return self.tree(self.keep(value), depth)

    def pays_for(self, items: int) -> bool:
        """Set room aside for the items of a container; False when there is not enough."""
        if self.nodes + items > MAX_NODES or items * PART > self.room:
            return False
        self.nodes += items
        self.room -= items * PART
        return True

    def words(self, text: str, limit: int = MAX_TEXT) -> str:
        """As much of a text as there is room for."""
        room = max(min(limit, self.room), 0)
        if text.isascii():
            cut = text[:room]
            self.room -= len(cut)
            return cut
        cut = text.encode("utf-8", "replace")[:room].decode("utf-8", "ignore")
        self.room -= len(cut.encode())
        return cut

    def pair(self, key: object, value: object, depth: int) -> list[object]:
        """A dict's entry; a key that is no scalar becomes its text."""
        small = type(key) is not int or -(1 << 63) <= key < 1 << 64
        plain = key is None or (type(key) in (bool, int, float) and small)
        sent = key if plain else self.words(key if type(key) is str else repr(key), MAX_KEY)
        return [sent, self.tree(value, depth + 1)]

    def tensor(self, tensor: torch.Tensor) -> object:
        cost = TENSOR + DIMENSION * tensor.dim()
        if len(self.tensors) >= MAX_TENSORS or cost > self.room:
            return ["foreign", "tensor after too many others"]
        strange = strange_in(tensor)
        if strange:
            return ["foreign", strange]
        self.room -= cost
        shape, plain = list(tensor.shape), self.plain(tensor).detach().cpu()
        order = _memory_order(plain)
        plain = plain.permute(order).resolve_conj().resolve_neg().contiguous()
        size = plain.numel() * plain.element_size()
        padding = -size % ALIGNMENT
        name = DTYPE_NAMES[plain.dtype]
        self.tensors.append(
            [name, shape, self.offset, tensor.device.type, tensor.requires_grad]
            + ([order] if order != list(range(len(order))) else [])
        )
        if size:
            flat = plain.reshape(-1)
            if flat.stride(0) != 1:  # a single number keeps the stride that it had elsewhere
                flat = flat.clone(memory_format=torch.contiguous_format)
            self.buffers.append(flat.view(torch.uint8).numpy().data)
        self.buffers.append(bytes(padding))
        self.offset += size + padding
        return ["tensor", len(self.tensors) - 1]


def _memory_order(tensor: torch.Tensor) -> list[int]:
    """The dimensions as they lie in memory, if that is all that is unusual: code that takes an
    image for contiguous has to meet one that is not."""
    dimensions = list(range(tensor.dim()))
    if tensor.is_contiguous():
        return dimensions
    order = sorted(dimensions, key=tensor.stride, reverse=True)
    return order if tensor.permute(order).is_contiguous() else dimensions


def _no_objects(value: object) -> Reference:
    raise TypeError(f"{type(value).__name__} cannot cross the wire")


def _as_it_is(tensor: torch.Tensor) -> torch.Tensor:
    return tensor


def encode(
    value: object,
    *,
    keep: Callable[[object], Reference] = _no_objects,
    plain: Callable[[torch.Tensor], torch.Tensor] = _as_it_is,
) -> tuple[bytes, list[Buffer]]:
    """The header and body of a frame that holds `value`.

    `keep` gives the reference for an object that stays here; `plain` gives the tensor whose data
    is to be sent for a tensor (they differ for the pretend device).
    """
    # A subclass of Tensor must not have a say in what is sent for it.
    with torch._C.DisableTorchFunctionSubclass():
        writer = _Writer(keep, plain)
        tree = writer.tree(value)
        return _encoder.encode([tree, writer.tensors]), writer.buffers


class _Reader:
    """Rebuilds one value; raises `WireError` at the first thing that is not as it should be."""

    def __init__(
        self, tensors: object, body: bytearray, resolve: Callable[[Reference], object]
    ) -> None:
        if type(tensors) is not list or len(tensors) > MAX_TENSORS:
            raise WireError("the table of tensors is not a list, or too long")
        self.tensors = tensors
        self.body = body
        self.resolve = resolve
        self.nodes = 0
        self.claimed = 0

    def value(self, node: object, depth: int = 0) -> Any:
        self.nodes += 1
        # The writer puts a word in the place of what is too deep, one level below the deepest.
        if depth > MAX_DEPTH + 1 or self.nodes > MAX_NODES:
            raise WireError("the value is nested too deeply or has too many parts")
        if node is None or type(node) in (bool, int, float, str):
            return node
        if type(node) is not list or not node or type(node[0]) is not str:
            raise WireError("neither a scalar nor a tagged list")
        match node:
            case ["list", *items]:
                return [self.value(item, depth + 1) for item in items]
            case ["tuple", *items]:
                return tuple(self.value(item, depth + 1) for item in items)
            case ["dict", *pairs]:
                return dict(self.pair(pair, depth) for pair in pairs)
            case ["tensor", int(index)] if 0 <= index < len(self.tensors):
                return self.tensor(self.tensors[index])
            case ["dtype", str(name)] if name in DTYPES:
                return DTYPES[name]
            case ["foreign", str(kind)]:
                return Foreign(kind)
            case ["object", int(number), str(kind), bool(is_module)]:
                return self.resolve(Reference(number, kind, is_module))
        raise WireError(f"an unknown tag {node[0][:20]!r}")

    def pair(self, pair: object, depth: int) -> tuple[Any, Any]:
        if type(pair) is not list or len(pair) != 2:
            raise WireError("a dict entry is not a pair")
        key = pair[0]
        if key is not None and type(key) not in (bool, int, float, str):
            raise WireError("a dict key is not a scalar")
        return key, self.value(pair[1], depth + 1)

    def tensor(self, entry: object) -> torch.Tensor:
        match entry:
            case [str(name), list(shape), int(offset), str(device), bool(grad), *rest] if (
                name in DTYPES
            ):
                tensor = self.data(name, *_in_memory(shape, rest), offset)
            case _:
                raise WireError("a tensor is described wrongly")
        tensor.lived_on = device[:16]  # type: ignore[attr-defined]
        tensor.required_grad = grad  # type: ignore[attr-defined]
        return tensor

    def data(self, name: str, shape: list[object], back: list[int], offset: int) -> torch.Tensor:
        if len(shape) > MAX_DIMENSIONS:
            raise WireError("a tensor has too many dimensions")
        sizes = [size for size in shape if type(size) is int and 0 <= size < 1 << 31]
        if len(sizes) != len(shape):
            raise WireError("a tensor has an impossible shape")
        count, item = math.prod(sizes), ITEM_SIZES[name]
        if not count:
            return torch.empty(sizes, dtype=DTYPES[name]).permute(back)
        self.claimed += count * item
        if offset < 0 or offset % item or offset + count * item > len(self.body):
            raise WireError("a tensor reaches outside the frame")
        if self.claimed > len(self.body):
            raise WireError("the tensors claim more bytes than arrived")
        kind = torch.uint8 if name == "bool" else DTYPES[name]
        flat = torch.frombuffer(self.body, dtype=kind, count=count, offset=offset)
        # A bool byte that is neither 0 nor 1 is undefined behaviour in torch's kernels.
        return (flat.ne(0) if name == "bool" else flat).reshape(sizes).permute(back)


def _in_memory(shape: list[object], rest: list[object]) -> tuple[list[object], list[int]]:
    """A shape as it lies in memory, and the permutation back from there."""
    dimensions = list(range(len(shape)))
    order = rest[0] if rest else dimensions
    if len(rest) > 1 or type(order) is not list or any(type(d) is not int for d in order):
        raise WireError("a tensor is described wrongly")
    if sorted(order) != dimensions:
        raise WireError("the order of a tensor's dimensions is no order")
    return [shape[d] for d in order], [order.index(d) for d in dimensions]


def _itself(reference: Reference) -> object:
    return reference


def decode(
    header: Buffer, body: bytearray, *, resolve: Callable[[Reference], object] = _itself
) -> Any:
    """The value in a frame. Raises `WireError` for anything that `encode` does not write."""
    try:
        message = _decoder.decode(header)
        if type(message) is not list or len(message) != 2:
            raise WireError("the header is not a pair")
        return _Reader(message[1], body, resolve).value(message[0])
    except (msgspec.DecodeError, RecursionError, ValueError, RuntimeError, TypeError) as error:
        raise WireError(str(error)) from error


def send(channel: Channel, value: object, *, waiter: Waiter, **how: Any) -> None:
    """Send one value; `how` as for `encode`."""
    header, body = encode(value, **how)
    channel.send(header, body, waiter=waiter)


def receive(channel: Channel, *, waiter: Waiter, **how: Any) -> Any:
    """Receive one value; `how` as for `decode`."""
    header, body = channel.receive(waiter=waiter)
    return decode(header, body, resolve=how.get("resolve", _itself))
