"""There is no ReLU between the two uses.

Why it is wrong: two linear steps in a row are again one linear step.
Hint: Take a weight of 3 and an input of -1. What should come out?
"""

from torch import Tensor, nn


class TiedMLP(nn.Module):
    def __init__(self, features: int) -> None:
        super().__init__()
        self.linear = nn.Linear(features, features)

    def forward(self, x: Tensor) -> Tensor:
        return self.linear(self.linear(x))
