"""The weight is a Parameter that was multiplied afterwards.

Why it is wrong: the product of a Parameter and a number is a plain tensor, so it is not
registered.
Hint: What is type(...) of the expression to the right of self.weight = ?
"""

import torch
from torch import Tensor, nn


class MyLinear(nn.Module):
    def __init__(self, in_features: int, out_features: int, bias: bool = True) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(out_features, in_features)) * in_features**-0.5
        if bias:
            self.bias = nn.Parameter(torch.zeros(out_features))
        else:
            self.register_parameter("bias", None)

    def forward(self, x: Tensor) -> Tensor:
        y = x @ self.weight.T
        return y if self.bias is None else y + self.bias
