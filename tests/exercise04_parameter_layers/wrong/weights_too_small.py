"""The first weights are too small for the number of inputs.

Why it is wrong: each output is a sum of 64 products. With weights of about 0.01 that sum is 12
times smaller than an input, and it vanishes after a few layers.
Hint: Feed standard normal x and print y.std(). On what should the scale of the weights depend?
"""

import torch
from torch import Tensor, nn


class MyLinear(nn.Module):
    def __init__(self, in_features: int, out_features: int, bias: bool = True) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(out_features, in_features) * 0.01)
        if bias:
            self.bias = nn.Parameter(torch.zeros(out_features))
        else:
            self.register_parameter("bias", None)

    def forward(self, x: Tensor) -> Tensor:
        y = x @ self.weight.T
        return y if self.bias is None else y + self.bias
