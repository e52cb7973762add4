"""No gradient reaches the weight of the layer.

Why it is wrong: the layer works, but its kernel will never learn anything. `self.weight.data` and
`self.weight.detach()` are bare numbers, cut off from autograd.
Hint: Follow the weight through forward. Where does it stop being the parameter itself?
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
