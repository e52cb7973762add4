"""forward works with a weight of its own making, not with the layer's weight.

Why it is wrong: the layer's weight is what is loaded, learnt and moved. A weight that forward
draws is none of these, and a copy made there may have another dtype.
Hint: Call the layer twice with the same x. Which line of forward makes a tensor that __init__ has
made already?
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
        self.weight = nn.Parameter(torch.randn(self.weight.shape) / x.shape[-1] ** 0.5)
        y = x @ self.weight.T
        return y if self.bias is None else y + self.bias
