"""The kernel's width is taken for its height.

Why it is wrong: pairs are (height, width) throughout, as shapes are. For a square kernel the two
orders are the same.
Hint: Print the shape of the weight of `Conv2D((3, 2))`.
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
        w, h = kernel_size
        self.weight = nn.Parameter(torch.randn(h, w))
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, X):
        return _corr2d(X, self.weight) + self.bias
