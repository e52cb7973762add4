"""The linear layer is applied only once.

Why it is wrong: the second use is what makes the network tied.
Hint: Work the example by hand: what does a weight of 3 make of 1, and of that?
"""

import torch
from torch import Tensor, nn


class TiedMLP(nn.Module):
    def __init__(self, features: int) -> None:
        super().__init__()
        self.linear = nn.Linear(features, features)

    def forward(self, x: Tensor) -> Tensor:
        return torch.relu(self.linear(x))
