"""The layer has a bias even with bias=False.

Why it is wrong: a bias that starts at 0 may look like none, but whatever is registered will be
trained and saved.
Hint: Build the layer with bias=False and count its parameters.
"""

import torch
from torch import Tensor, nn


class MyLinear(nn.Module):
    def __init__(self, in_features: int, out_features: int, bias: bool = True) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(out_features, in_features) / in_features**0.5)
        self.bias = nn.Parameter(torch.zeros(out_features))

    def forward(self, x: Tensor) -> Tensor:
        return x @ self.weight.T + self.bias
