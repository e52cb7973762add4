"""The bias is subtracted instead of added.

Why it is wrong: the contract says plus. A layer trained by itself would learn a bias of the other
sign, but values loaded from elsewhere do the opposite of what they should.
Hint: Set the weight to 0 and the bias to 100. What should the layer return?
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
        return _corr2d(X, self.weight) - self.bias
