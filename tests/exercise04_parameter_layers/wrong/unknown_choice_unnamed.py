"""The KeyError does not say which choice was unknown.

Why it is wrong: an error without the name sends the reader searching through the whole program.
Hint: Read your own error message. Could you mend the call from it alone?
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
            raise KeyError("unknown choice")
        return x @ self.params[choice]
