"""The shared layer is registered under two names.

Why it is wrong: the state_dict then holds the same weights twice, and a file with one name
cannot be loaded.
Hint: Print list(net.state_dict()). How many names should there be?
"""

import torch
from torch import Tensor, nn


class TiedMLP(nn.Module):
    def __init__(self, features: int) -> None:
        super().__init__()
        self.linear = nn.Linear(features, features)
        self.again = self.linear

    def forward(self, x: Tensor) -> Tensor:
        return self.again(torch.relu(self.linear(x)))
