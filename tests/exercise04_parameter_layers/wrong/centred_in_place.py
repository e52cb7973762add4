"""The input itself is centred.

Why it is wrong: an in-place subtraction changes the tensor of whoever called the layer.
Hint: Print x before and after the call. Whose tensor is it?
"""

from torch import Tensor, nn


class CenteredLayer(nn.Module):
    def __init__(self) -> None:
        super().__init__()

    def forward(self, x: Tensor) -> Tensor:
        x -= x.mean()
        return x
