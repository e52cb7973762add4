"""Dimensions of length 1 are dropped from the result.

Why it is wrong: (1, 3) becomes (1, 4), and not (4,): a batch of one is a batch. A layer with a
single output keeps that as a dimension too.
Hint: Which shapes go in and out for one sample? What does squeeze() make of them?
"""

import torch
from torch import nn


class MyLinear(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(out_features, in_features) / in_features**0.5)
        self.bias = nn.Parameter(torch.zeros(out_features)) if bias else None

    def forward(self, x):
        result = x @ self.weight.T
        return (result if self.bias is None else result + self.bias).squeeze()
