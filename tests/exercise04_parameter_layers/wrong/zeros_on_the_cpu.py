"""Without a bias, forward makes a tensor on the CPU.

Why it is wrong: when the layer and its input live on a GPU, this tensor does not, and the two
cannot meet. Zeros in place of the missing bias are such a tensor.
Hint: On which device does a new torch.zeros live? Does the sum need it at all?
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
        bias = torch.zeros(self.weight.shape[0]) if self.bias is None else self.bias
        return x @ self.weight.T + bias
