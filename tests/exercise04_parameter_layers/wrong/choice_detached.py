"""The chosen matrix gets no gradient.

Why it is wrong: the numbers are right, but autograd finds no way from the result back to the
matrix, so it never learns. .data and .detach() cut that way.
Hint: After y.sum().backward(), what is the .grad of the chosen matrix?
"""

import torch
from torch import Tensor, nn


class MyDictDense(nn.Module):
    def __init__(self, sizes: dict[str, tuple[int, int]]) -> None:
        super().__init__()
        self.params = nn.ParameterDict(
            {name: nn.Parameter(torch.randn(i, o) / i**0.5) for name, (i, o) in sizes.items()}
        )

    def forward(self, x: Tensor, choice: str) -> Tensor:
        if choice not in self.params:
            raise KeyError(f"no matrix is called {choice!r}")
        return x @ self.params[choice].detach()
