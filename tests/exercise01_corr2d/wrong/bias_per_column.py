"""The bias has more than one number.

Why it is wrong: a layer with one output channel has one bias, of shape (1,), which is added to
every pixel.
Hint: Which shape does the docstring give for `bias`? Print the shape of yours.
"""

import torch
from torch import nn


def _corr2d(X, K):
    h, w = K.shape
    return (X.unfold(0, h, 1).unfold(1, w, 1) * K).sum(dim=(2, 3))


class Conv2D(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        if isinstance(kernel_size, int):
            kernel_size = (kernel_size, kernel_size)
        self.weight = nn.Parameter(torch.randn(kernel_size))
        self.bias = nn.Parameter(torch.zeros(kernel_size[1]))

    def forward(self, X):
        return _corr2d(X, self.weight) + self.bias[0]
