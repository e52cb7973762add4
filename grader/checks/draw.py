"""Inputs that tell mistakes apart, drawn afresh from a seed."""

import hashlib
from collections.abc import Sequence
from typing import Any, TypeVar

import torch

T = TypeVar("T")
# The name under which a check asks for its `Draw`.
DRAW = "draw"


class Draw:
    """Draws the inputs of one check.

    The numbers depend on the seed of the run and on the check's name, not on which other checks
    run. Small integers are exact in float32, so a right answer can be demanded exactly.
    """

    def __init__(self, seed: int, name: str) -> None:
        digest = hashlib.sha256(f"{seed}/{name}".encode()).digest()
        self._generator = torch.Generator().manual_seed(int.from_bytes(digest[:6], "big"))

    def integers(
        self, *shape: int, low: int = -8, high: int = 8, dtype: torch.dtype = torch.float32
    ) -> torch.Tensor:
        """Integers in `low … high`, both included, as numbers of `dtype`."""
        return self._integers(low, high, shape).to(dtype)

    def distinct(self, *shape: int, dtype: torch.dtype = torch.float32) -> torch.Tensor:
        """Integers that are all different, none of them 0, of both signs, in random order.

        Never symmetric, never a tie. n values lie in −n … n; at least −8 … 8.
        """
        count = int(torch.Size(shape).numel())
        size = max(count, 8)
        pool = torch.cat([torch.arange(-size, 0), torch.arange(1, size + 1)])
        order = torch.randperm(len(pool), generator=self._generator)[:count]
        values = pool[order]
        if count > 1 and (values > 0).all() | (values < 0).all():
            values[0] = -values[0]
        return values.reshape(shape).to(dtype)

    def normal(self, *shape: int, dtype: torch.dtype = torch.float32) -> torch.Tensor:
        """Standard normal numbers."""
        return torch.randn(shape, dtype=dtype, generator=self._generator)

    def size(self, low: int, high: int) -> int:
        """One integer in `low … high`, both included."""
        return int(self._integers(low, high, ()))

    def choice(self, *options: T) -> T:
        """One of the options."""
        return options[self.size(0, len(options) - 1)]

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """The items in random order."""
        order: list[Any] = torch.randperm(len(items), generator=self._generator).tolist()
        return [items[index] for index in order]

    def _integers(self, low: int, high: int, shape: tuple[int, ...]) -> torch.Tensor:
        return torch.randint(low, high + 1, shape, generator=self._generator)
