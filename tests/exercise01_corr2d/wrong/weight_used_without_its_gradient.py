"""The layer computes with the bare numbers of its weight.

Why it is wrong: `self.weight.data` is cut off from autograd. The layer works, but its kernel will
never learn anything.
Hint: Train the layer for one step. Which of the two parameters stays as it was?
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
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, X):
        return _corr2d(X, self.weight.data) + self.bias
