"""A second ReLU is applied to the output.

Why it is wrong: the contract ends with the linear layer, whose output may be negative.
Hint: Can your network give a negative number?
"""

import torch
from torch import Tensor, nn


class TiedMLP(nn.Module):
    def __init__(self, features: int) -> None:
        super().__init__()
        self.linear = nn.Linear(features, features)

    def forward(self, x: Tensor) -> Tensor:
        x = torch.relu(self.linear(x))
        return torch.relu(self.linear(x))
