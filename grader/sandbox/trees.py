"""Tensors inside lists, tuples and dicts."""

from collections.abc import Callable, Iterator
from typing import Any

from torch import Tensor


def map_tensors(value: Any, change: Callable[[Tensor], Tensor]) -> Any:
    """`value` with every tensor in it changed; anything else stays as it is."""
    if isinstance(value, Tensor):
        return change(value)
    if type(value) in (list, tuple):
        return type(value)(map_tensors(item, change) for item in value)
    if type(value) is dict:
        return {key: map_tensors(item, change) for key, item in value.items()}
    return value


def tensors_in(value: object) -> Iterator[Tensor]:
    """Every tensor in `value`, in order."""
    if isinstance(value, Tensor):
        yield value
    elif isinstance(value, list | tuple):
        for item in value:
            yield from tensors_in(item)
    elif isinstance(value, dict):
        yield from tensors_in(list(value.values()))


def identical(before: Any, after: Any) -> bool:
    """Whether two values hold the same tensors, bit for bit, and the same numbers and texts.

    Objects that stay where they are made are not compared.
    """
    if isinstance(before, Tensor):
        same_kind = isinstance(after, Tensor) and before.dtype == after.dtype
        return same_kind and before.shape == after.shape and _equal(before, after)
    if isinstance(before, list | tuple):
        same_length = isinstance(after, list | tuple) and len(after) == len(before)
        return same_length and all(map(identical, before, after))
    if isinstance(before, dict):
        same_keys = isinstance(after, dict) and list(after) == list(before)
        return same_keys and all(identical(before[key], after[key]) for key in before)
    if before is None or isinstance(before, (bool, int, float, str)):
        # The same, or nan both.
        same = after == before or (after != after and before != before)
        return type(after) is type(before) and same
    return True


def _equal(before: Tensor, after: Tensor) -> bool:
    """Bit for bit, as far as it shows: nan is where nan was."""
    return bool(((before == after) | ((before != before) & (after != after))).all())
