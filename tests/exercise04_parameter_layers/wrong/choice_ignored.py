"""The first matrix is used, whatever the choice.

Why it is wrong: the names are there so that a call can say which matrix it wants.
Hint: Call the layer twice with two different choices. Where in your code does the result depend on
it?
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
        first = next(iter(self.params))
        return x @ self.params[first]
