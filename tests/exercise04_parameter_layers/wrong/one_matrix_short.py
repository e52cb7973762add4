"""The last matrix of the chain is missing.

Why it is wrong: n sizes have n - 1 gaps between them. Here one gap is left out.
Hint: How many matrices do the sizes [4, 4, 4, 1] ask for? How many does your code make?
"""

import torch
from torch import Tensor, nn


class MyListDense(nn.Module):
    def __init__(self, sizes: list[int]) -> None:
        super().__init__()
        self.params = nn.ParameterList(
            nn.Parameter(torch.randn(sizes[i], sizes[i + 1]) / sizes[i] ** 0.5)
            for i in range(len(sizes) - 2)
        )

    def forward(self, x: Tensor) -> Tensor:
        for param in self.params:
            x = x @ param
        return x
