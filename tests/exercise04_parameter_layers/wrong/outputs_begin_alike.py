"""Every output starts with the same weights.

Why it is wrong: outputs that start alike get the same gradients and stay alike for ever. A layer
of 64 such outputs knows no more than a layer of one.
Hint: Compare two rows of the weight of a new layer. In what do they differ?
"""

import torch
from torch import nn


class MyLinear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        row = torch.randn(1, in_features) / in_features**0.5
        self.weight = nn.Parameter(row.repeat(out_features, 1))
        self.bias = nn.Parameter(torch.zeros(out_features)) if bias else None

    def forward(self, x):
        result = x @ self.weight.T
        return result if self.bias is None else result + self.bias
