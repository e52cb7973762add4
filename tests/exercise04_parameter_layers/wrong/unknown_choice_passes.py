"""An unknown choice raises no error.

Why it is wrong: a typing error in a name then goes unnoticed for a long time.
Hint: How would somebody find out that they misspelt a name?
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
            return x
        return x @ self.params[choice]
