"""x is multiplied by the weight without transposing it.

Why it is wrong: with as many inputs as outputs the wrong numbers come out silently, otherwise
the shapes do not fit.
Hint: Write down the shapes of x and weight side by side. Which two numbers have to be equal?
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
        y = x @ self.weight
        return y if self.bias is None else y + self.bias
