"""The constructor of nn.Module is not called before a parameter is assigned.

Why it is wrong: it prepares the place where parameters are kept. Before that, none can be
assigned.
Hint: Read the error message: what should be called before the assignment? In which line of your
`__init__` is it?
"""

import torch
from torch import nn


def _corr2d(X, K):
    h, w = K.shape
    return (X.unfold(0, h, 1).unfold(1, w, 1) * K).sum(dim=(2, 3))


class Conv2D(nn.Module):
    def __init__(self, kernel_size):
        if isinstance(kernel_size, int):
            kernel_size = (kernel_size, kernel_size)
        self.weight = nn.Parameter(torch.randn(kernel_size))
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, X):
        return _corr2d(X, self.weight) + self.bias
