"""The first weights are too large for the number of inputs.

Why it is wrong: each output is a sum of 64 products. With standard normal weights that sum is 8
times as large as an input, and each further layer multiplies again.
Hint: Feed standard normal x to a layer of 64 inputs and print y.std(). What happens after ten
layers?
"""

import torch
from torch import Tensor, nn


class MyLinear(nn.Module):
    def __init__(self, in_features: int, out_features: int, bias: bool = True) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(out_features, in_features))
        if bias:
            self.bias = nn.Parameter(torch.zeros(out_features))
        else:
            self.register_parameter("bias", None)

    def forward(self, x: Tensor) -> Tensor:
        y = x @ self.weight.T
        return y if self.bias is None else y + self.bias
