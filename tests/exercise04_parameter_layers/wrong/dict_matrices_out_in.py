"""The matrices have the shape (out, in).

Why it is wrong: that is how nn.Linear keeps its weight. Here a name comes with (in, out), and
the matrix has this shape.
Hint: Compare the shape of a matrix with the pair that was given for it.
"""

import torch
from torch import Tensor, nn


class MyDictDense(nn.Module):
    def __init__(self, sizes: dict[str, tuple[int, int]]) -> None:
        super().__init__()
        self.params = nn.ParameterDict(
            {name: nn.Parameter(torch.randn(o, i) / i**0.5) for name, (i, o) in sizes.items()}
        )

    def forward(self, x: Tensor, choice: str) -> Tensor:
        if choice not in self.params:
            raise KeyError(f"no matrix is called {choice!r}")
        return x @ self.params[choice].T
