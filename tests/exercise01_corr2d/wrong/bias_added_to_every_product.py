"""The bias is added to every product instead of once to the sum.

Why it is wrong: inside the sum, the bias counts once for each kernel entry.
Hint: How often does the bias occur in the formula for one pixel of the result? Set the weight to 0
and the bias to 1, and see.
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
        h, w = self.weight.shape
        windows = X.unfold(0, h, 1).unfold(1, w, 1)
        return (windows * self.weight + self.bias).sum(dim=(2, 3))
