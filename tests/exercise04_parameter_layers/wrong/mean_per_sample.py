"""Every sample gets a mean of its own.

Why it is wrong: the first dimension is kept apart, but the contract knows no batch: all
elements share one mean.
Hint: Feed two samples, one all 1 and one all 3. What should come out of each?
"""

from torch import Tensor, nn


class CenteredLayer(nn.Module):
    def __init__(self) -> None:
        super().__init__()

    def forward(self, x: Tensor) -> Tensor:
        dims = tuple(range(1, x.dim()))
        return x - x.mean(dim=dims, keepdim=True)
