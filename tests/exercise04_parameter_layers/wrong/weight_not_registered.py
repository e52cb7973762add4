"""The weight is a plain tensor, not an nn.Parameter of the module.

Why it is wrong: the module only knows an nn.Parameter that is assigned to an attribute of its own.
A tensor with requires_grad=True is none, and neither is the product of a Parameter and a number.
Hint: Print type(layer.weight) and list(layer.parameters()). What does the module know about?
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
