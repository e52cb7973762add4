"""An unknown choice is left to the ParameterDict.

Why it is wrong: it looks names up as attributes, so the caller gets an AttributeError about its
insides.
Hint: Try a name that does not exist. Which error do you see, and which one is asked for?
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
        return x @ self.params[choice]
