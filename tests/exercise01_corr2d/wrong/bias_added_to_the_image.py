"""The bias is added to the image before the kernel slides over it.

Why it is wrong: the bias then counts once for each kernel entry, multiplied with that entry. It
belongs behind the cross-correlation.
Hint: Set the weight to 0 and the bias to 1. What should the layer return, and what does yours?
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
        return _corr2d(X + self.bias, self.weight)
