"""With bias=False the name bias does not exist at all.

Why it is wrong: other code asks `layer.bias is None`. Where the name was never registered, that
is an AttributeError.
Hint: Build the layer with bias=False and print layer.bias.
"""

import torch
from torch import Tensor, nn


class MyLinear(nn.Module):
    def __init__(self, in_features: int, out_features: int, bias: bool = True) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(out_features, in_features) / in_features**0.5)
        if bias:
            self.bias = nn.Parameter(torch.zeros(out_features))
        self.has_bias = bias

    def forward(self, x: Tensor) -> Tensor:
        y = x @ self.weight.T
        return y + self.bias if self.has_bias else y
