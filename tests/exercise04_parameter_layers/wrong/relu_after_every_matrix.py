"""A ReLU is applied after every matrix, the last one too.

Why it is wrong: the contract asks for a bare product of matrices. Everything below zero is lost
here, and the result is never negative.
Hint: Multiply the example by hand with a negative x. Does your layer agree?
"""

from itertools import pairwise

import torch
from torch import Tensor, nn


class MyListDense(nn.Module):
    def __init__(self, sizes: list[int]) -> None:
        super().__init__()
        self.params = nn.ParameterList(
            nn.Parameter(torch.randn(i, o) / i**0.5) for i, o in pairwise(sizes)
        )

    def forward(self, x: Tensor) -> Tensor:
        for param in self.params:
            x = torch.relu(x @ param)
        return x
