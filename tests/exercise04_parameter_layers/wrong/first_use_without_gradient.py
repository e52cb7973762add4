"""The first use is hidden from autograd.

Why it is wrong: the gradient of a shared weight is the sum over both uses. Here only the second
one counts.
Hint: How many paths lead from the result back to the weight?
"""

import torch
from torch import Tensor, nn


class TiedMLP(nn.Module):
    def __init__(self, features: int) -> None:
        super().__init__()
        self.linear = nn.Linear(features, features)

    def forward(self, x: Tensor) -> Tensor:
        with torch.no_grad():
            h = torch.relu(self.linear(x))
        return self.linear(h)
