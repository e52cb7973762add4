"""Only an x with exactly two dimensions is accepted.

Why it is wrong: torch.mm multiplies matrices and nothing else. A linear layer works on the last
dimension, whatever stands in front.
Hint: Feed one vector of shape (in,), then a tensor of shape (2, 5, in).
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
        y = torch.mm(x, self.weight.t())
        return y if self.bias is None else y + self.bias
