"""super().__init__() was not called before the first assignment.

Why it is wrong: the Module has no place yet to store anything in: no Parameter, no layer, no
buffer.
Hint: What has to exist before Module can store anything?
"""

from itertools import pairwise

import torch
from torch import Tensor, nn


class MyLinear(nn.Module):
    def __init__(self, in_features: int, out_features: int, bias: bool = True) -> None:
        self.weight = nn.Parameter(torch.randn(out_features, in_features) / in_features**0.5)
        if bias:
            self.bias = nn.Parameter(torch.zeros(out_features))
        else:
            self.register_parameter("bias", None)

    def forward(self, x: Tensor) -> Tensor:
        y = x @ self.weight.T
        return y if self.bias is None else y + self.bias


class MyListDense(nn.Module):
    def __init__(self, sizes: list[int]) -> None:
        self.params = nn.ParameterList(
            nn.Parameter(torch.randn(i, o) / i**0.5) for i, o in pairwise(sizes)
        )

    def forward(self, x: Tensor) -> Tensor:
        for param in self.params:
            x = x @ param
        return x


class MyDictDense(nn.Module):
    def __init__(self, sizes: dict[str, tuple[int, int]]) -> None:
        self.params = nn.ParameterDict(
            {name: nn.Parameter(torch.randn(i, o) / i**0.5) for name, (i, o) in sizes.items()}
        )

    def forward(self, x: Tensor, choice: str) -> Tensor:
        if choice not in self.params:
            raise KeyError(f"no matrix is called {choice!r}")
        return x @ self.params[choice]


class TiedMLP(nn.Module):
    def __init__(self, features: int) -> None:
        self.linear = nn.Linear(features, features)

    def forward(self, x: Tensor) -> Tensor:
        return self.linear(torch.relu(self.linear(x)))


class FixedProjection(nn.Module):
    def __init__(self, in_features: int, out_features: int, seed: int) -> None:
        generator = torch.Generator().manual_seed(seed)
        projection = torch.randn(in_features, out_features, generator=generator)
        self.register_buffer("projection", projection)

    def forward(self, x: Tensor) -> Tensor:
        return x @ self.projection
