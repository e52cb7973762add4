"""A kernel size that is one number gives a weight of one dimension.

Why it is wrong: `torch.randn(2)`, for one, makes a list of two numbers. `Conv2D(2)` is to have a
kernel of 2 x 2.
Hint: What is the shape of `torch.randn(2)`, and what is that of `torch.randn((2, 2))`?
"""

import torch
from torch import nn


def _corr2d(X, K):
    h, w = K.shape
    return (X.unfold(0, h, 1).unfold(1, w, 1) * K).sum(dim=(2, 3))


class Conv2D(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(kernel_size))
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, X):
        return _corr2d(X, self.weight) + self.bias
