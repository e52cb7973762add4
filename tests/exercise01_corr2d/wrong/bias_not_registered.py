"""The layer has no parameter called `bias`.

Why it is wrong: the contract asks for two parameters. Saved values are loaded by name, so a
missing one is noticed at once.
Hint: Print the names in `layer.state_dict()`. Which one is missing?
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

    def forward(self, X):
        return _corr2d(X, self.weight)
