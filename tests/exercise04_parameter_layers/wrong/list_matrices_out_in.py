"""The matrices have the shape (out, in).

Why it is wrong: that is how nn.Linear keeps its weight. Here the contract multiplies x @ p,
without a transpose.
Hint: Compare the shape of your first matrix with (sizes[0], sizes[1]).
"""

from itertools import pairwise

import torch
from torch import Tensor, nn


class MyListDense(nn.Module):
    def __init__(self, sizes: list[int]) -> None:
        super().__init__()
        self.params = nn.ParameterList(
            nn.Parameter(torch.randn(o, i) / i**0.5) for i, o in pairwise(sizes)
        )

    def forward(self, x: Tensor) -> Tensor:
        for param in self.params:
            x = x @ param.T
        return x
