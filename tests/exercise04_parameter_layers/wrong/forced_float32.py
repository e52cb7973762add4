"""The result is float32, whatever goes in.

Why it is wrong: a float64 layer loses half of its digits, and its result has another dtype than
its input.
Hint: Which dtype comes out when x and the weights are float64?
"""

import torch
from torch import Tensor, nn


class MyLinear(nn.Module):
    def __init__(self, in_features: int, out_features: int, bias: bool = True) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(out_features, in_features) / in_features**0.5)
        if bias:
            self.bias = nn.Parameter(torch.zeros(out_features))
        else:
            self.register_parameter("bias", None)

    def forward(self, x: Tensor) -> Tensor:
        y = x.float() @ self.weight.float().T
        return y if self.bias is None else y + self.bias.float()
