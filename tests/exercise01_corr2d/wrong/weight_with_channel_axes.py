"""The weight has axes for channels, as in torch's own layer.

Why it is wrong: this layer knows one plane only, so its weight has the shape (h, w). The layout
(O, C, h, w) is that of layers with channels.
Hint: Which shape does the docstring give for `weight`? Print the shape of yours.
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
        self.weight = nn.Parameter(torch.randn(1, 1, *kernel_size))
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, X):
        return _corr2d(X, self.weight[0, 0]) + self.bias
