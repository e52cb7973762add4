"""No `__init__` of the layer takes the kernel size.

Why it is wrong: `Conv2D((3, 2))` calls `__init__` with the size. If the class has none of exactly
that name, the one of nn.Module is called; and one that takes only `self` has no room for it.
Hint: How many underscores stand before and after `init` in your class? And what stands between its
brackets?
"""

import torch
from torch import nn


def _corr2d(X, K):
    h, w = K.shape
    return (X.unfold(0, h, 1).unfold(1, w, 1) * K).sum(dim=(2, 3))


class Conv2D(nn.Module):
    def _init_(self, kernel_size):
        super().__init__()
        if isinstance(kernel_size, int):
            kernel_size = (kernel_size, kernel_size)
        self.weight = nn.Parameter(torch.randn(kernel_size))
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, X):
        return _corr2d(X, self.weight) + self.bias
