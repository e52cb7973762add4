"""The module knows neither the weight nor the bias: no parameter is registered.

Why it is wrong: only an nn.Parameter that is assigned to an attribute of the module is trained,
moved and saved. A plain tensor is not, nor is what lies in a Python list.
Hint: Print list(layer.parameters()). Who told the module that your tensors exist?
"""

import torch
from torch import Tensor, nn


class MyLinear(nn.Module):
    def __init__(self, in_features: int, out_features: int, bias: bool = True) -> None:
        super().__init__()
        weight = torch.randn(out_features, in_features) / in_features**0.5
        self.weight = weight.requires_grad_()
        if bias:
            self.bias = torch.zeros(out_features, requires_grad=True)
        else:
            self.register_parameter("bias", None)

    def forward(self, x: Tensor) -> Tensor:
        y = x @ self.weight.T
        return y if self.bias is None else y + self.bias
