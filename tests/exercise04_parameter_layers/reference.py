"""The layers of exercise 4 by torch."""

from itertools import pairwise

import torch
from torch import Tensor, nn


class CenteredLayer(nn.Module):
    """x minus its mean."""

    def forward(self, x: Tensor) -> Tensor:
        """x of any shape -> the same shape."""
        return x - x.mean()


class MyLinear(nn.Linear):
    """nn.Linear itself."""

    def __init__(self, in_features: int, out_features: int, bias: bool = True) -> None:
        super().__init__(in_features, out_features, bias=bias)


class MyListDense(nn.Module):
    """A product of matrices in order."""

    def __init__(self, sizes: list[int]) -> None:
        super().__init__()
        self.params = nn.ParameterList(nn.Parameter(torch.randn(pair)) for pair in pairwise(sizes))

    def forward(self, x: Tensor) -> Tensor:
        """x (N, sizes[0]) -> (N, sizes[-1])."""
        for param in self.params:
            x = torch.matmul(x, param)
        return x


class MyDictDense(nn.Module):
    """A product with the matrix that was chosen."""

    def __init__(self, sizes: dict[str, tuple[int, int]]) -> None:
        super().__init__()
        self.params = nn.ParameterDict(
            {name: nn.Parameter(torch.randn(*pair)) for name, pair in sizes.items()}
        )

    def forward(self, x: Tensor, choice: str) -> Tensor:
        """x (N, in) -> (N, out) of the matrix called `choice`."""
        if choice not in self.params:
            raise KeyError(choice)
        return torch.matmul(x, self.params[choice])


class TiedMLP(nn.Module):
    """One linear layer, twice."""

    def __init__(self, features: int) -> None:
        super().__init__()
        self.linear = nn.Linear(features, features)

    def forward(self, x: Tensor) -> Tensor:
        """x (N, features) -> (N, features)."""
        return self.linear(torch.relu(self.linear(x)))


class FixedProjection(nn.Module):
    """A product with a buffer drawn from a seed."""

    def __init__(self, in_features: int, out_features: int, seed: int) -> None:
        super().__init__()
        generator = torch.Generator().manual_seed(seed)
        self.register_buffer(
            "projection", torch.randn(in_features, out_features, generator=generator)
        )

    def forward(self, x: Tensor) -> Tensor:
        """x (N, in_features) -> (N, out_features)."""
        return torch.matmul(x, self.projection)
