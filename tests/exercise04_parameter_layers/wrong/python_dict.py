"""The module does not know its matrices: none of them is registered.

Why it is wrong: Module does not look into a plain dict, and a tensor that is no Parameter says
nothing to it. Such matrices are not trained, moved or saved.
Hint: Count list(net.parameters()). Which container tells a Module about named Parameters?
"""

import torch
from torch import Tensor, nn


class MyDictDense(nn.Module):
    def __init__(self, sizes: dict[str, tuple[int, int]]) -> None:
        super().__init__()
        self.params = {
            name: nn.Parameter(torch.randn(i, o) / i**0.5) for name, (i, o) in sizes.items()
        }

    def forward(self, x: Tensor, choice: str) -> Tensor:
        if choice not in self.params:
            raise KeyError(f"no matrix is called {choice!r}")
        return x @ self.params[choice]
