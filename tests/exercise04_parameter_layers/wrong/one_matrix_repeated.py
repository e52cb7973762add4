"""Matrices of the same shape are one matrix, listed several times.

Why it is wrong: one Parameter under several names is still one Parameter: training it at one place
changes it at all of them.
Hint: Are these several matrices, or one matrix several times? Count list(net.parameters()).
"""

from itertools import pairwise

import torch
from torch import Tensor, nn


class MyListDense(nn.Module):
    def __init__(self, sizes: list[int]) -> None:
        super().__init__()
        made = {pair: nn.Parameter(torch.randn(pair) / pair[0] ** 0.5) for pair in pairwise(sizes)}
        self.params = nn.ParameterList(made[pair] for pair in pairwise(sizes))

    def forward(self, x: Tensor) -> Tensor:
        for param in self.params:
            x = x @ param
        return x
