"""The module does not know its matrices: none of them is registered.

Why it is wrong: Module does not look into a plain list, and a tensor that is no Parameter says
nothing to it. Such matrices are not trained, moved or saved.
Hint: Count list(net.parameters()). Which container tells a Module about its Parameters?
"""

from itertools import pairwise

import torch
from torch import Tensor, nn


class MyListDense(nn.Module):
    def __init__(self, sizes: list[int]) -> None:
        super().__init__()
        self.params = [nn.Parameter(torch.randn(i, o) / i**0.5) for i, o in pairwise(sizes)]

    def forward(self, x: Tensor) -> Tensor:
        for param in self.params:
            x = x @ param
        return x
