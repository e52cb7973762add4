"""There are two linear layers instead of one shared layer.

Why it is wrong: two layers have two sets of weights, which drift apart as soon as they are
trained.
Hint: How many numbers does this network have to learn? Count list(net.parameters()).
"""

import torch
from torch import Tensor, nn


class TiedMLP(nn.Module):
    def __init__(self, features: int) -> None:
        super().__init__()
        self.linear = nn.Linear(features, features)
        self.linear2 = nn.Linear(features, features)

    def forward(self, x: Tensor) -> Tensor:
        return self.linear2(torch.relu(self.linear(x)))
