"""The bias is a tensor without dimensions, of shape ().

Why it is wrong: the contract asks for shape (1,): a list of one number, not a bare number. Adding
it gives the same, loading it does not.
Hint: Print the shape of your bias, and compare it with the docstring.
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
        self.bias = nn.Parameter(torch.tensor(0.0))

    def forward(self, X):
        return _corr2d(X, self.weight) + self.bias
