"""The mean has no gradient: autograd takes it for a constant.

Why it is wrong: the numbers are right, but each element of x also moves the mean. .item(),
float(), .detach() and torch.no_grad() all hide that.
Hint: Raise one element of x by 1. Do the other outputs stay where they were?
"""

from torch import Tensor, nn


class CenteredLayer(nn.Module):
    def __init__(self) -> None:
        super().__init__()

    def forward(self, x: Tensor) -> Tensor:
        return x - x.mean().item()
