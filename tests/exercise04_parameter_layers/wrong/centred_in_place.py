"""The input itself is centred.

Why it is wrong: x belongs to whoever called the layer. After the call it holds other numbers, and
autograd objects as well.
Hint: Print x before and after the call. Which line writes into it?
"""

from torch import Tensor, nn


class CenteredLayer(nn.Module):
    def __init__(self) -> None:
        super().__init__()

    def forward(self, x: Tensor) -> Tensor:
        x -= x.mean()
        return x
