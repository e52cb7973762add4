"""The mean is turned into a plain number, which has no gradient.

Why it is wrong: the numbers are right, but each element also moves the mean. With .item()
autograd does not know that.
Hint: Raise one element of x by 1. Do the other outputs stay where they were?
"""

from torch import Tensor, nn


class CenteredLayer(nn.Module):
    def __init__(self) -> None:
        super().__init__()

    def forward(self, x: Tensor) -> Tensor:
        return x - x.mean().item()
