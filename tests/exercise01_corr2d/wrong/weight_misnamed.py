"""The layer has a bias, but no parameter called `weight`.

Why it is wrong: whoever saves, loads or shares a layer finds its parameters by name. The grader
does so, too.
Hint: Print `[name for name, _ in layer.named_parameters()]`. Which names does the docstring give?
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
        self.kernel = nn.Parameter(torch.randn(kernel_size))
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, X):
        return _corr2d(X, self.kernel) + self.bias
