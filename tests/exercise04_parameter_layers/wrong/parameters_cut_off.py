"""No gradient reaches the weight and the bias.

Why it is wrong: the numbers are right, but autograd finds no way from the result back to the
parameters, so they never learn. .data, .detach() and torch.no_grad() all cut that way.
Hint: After y.sum().backward(), what is layer.weight.grad? Where in forward is the way cut?
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
        y = x @ self.weight.data.T
        return y if self.bias is None else y + self.bias.data
