"""Only the last matrix counts: it multiplies the first x.

Why it is wrong: what the other matrices give is not used, so they get no gradient.
Hint: What does the second matrix get to multiply? Print it.
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
            y = x @ param
        return y
