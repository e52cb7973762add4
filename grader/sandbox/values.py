"""What can cross the wire: dtypes, sizes, and stand-ins for what cannot."""

from dataclasses import dataclass

import torch

from grader.sandbox.frames import FrameError

DTYPES: dict[str, torch.dtype] = {
    str(dtype).removeprefix("torch."): dtype
    for dtype in (
        torch.float32, torch.float64, torch.float16, torch.bfloat16,
        torch.complex64, torch.complex128,
        torch.int8, torch.uint8, torch.int16, torch.int32, torch.int64, torch.bool,
    )
}  # fmt: skip
DTYPE_NAMES = {dtype: name for name, dtype in DTYPES.items()}
ITEM_SIZES = {name: torch.empty(0, dtype=dtype).element_size() for name, dtype in DTYPES.items()}
ALIGNMENT = 64
MAX_DEPTH = 32
MAX_NODES = 100_000
MAX_DIMENSIONS = 16
MAX_TENSORS = 4_096
MAX_TEXT = 1 << 18
MAX_KEY = 1_000
# What a header is built from, in bytes at the most: a scalar or the word that stands for a part
# that finds no room, and a tensor's description.
PART, TENSOR, DIMENSION = 60, 80, 9


class WireError(FrameError):
    """A frame arrived whole, but what is in it is not a value."""


@dataclass(frozen=True)
class Reference:
    """An object that stays in the worker; only its number crosses."""

    number: int
    type: str
    is_module: bool


@dataclass(frozen=True)
class Foreign:
    """Stands for a value that cannot cross; it equals nothing that an exercise asks for."""

    type: str


def device_of(tensor: torch.Tensor) -> str:
    """Where a tensor that crossed the wire lived on the other side: `"cpu"`, `"cuda"`, …"""
    return getattr(tensor, "lived_on", None) or tensor.device.type


def strange_in(tensor: torch.Tensor) -> str:
    """What keeps a tensor from being sent; empty where nothing does."""
    if tensor.dim() > MAX_DIMENSIONS:
        return f"tensor of {tensor.dim()} dimensions"
    if tensor.layout is not torch.strided:
        return f"tensor of layout {tensor.layout}"
    if tensor.is_quantized:
        return f"quantized tensor ({tensor.dtype})"
    if tensor.dtype not in DTYPE_NAMES:
        return f"tensor of {tensor.dtype}"
    return 'tensor on the "meta" device' if tensor.is_meta else ""
