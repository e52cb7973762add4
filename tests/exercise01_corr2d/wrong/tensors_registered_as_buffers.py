"""Weight and bias are buffers: they are saved, but not trained.

Why it is wrong: a buffer is part of the state and gets no gradient. An optimizer that is given
`layer.parameters()` finds nothing to train.
Hint: Print `list(layer.parameters())`. What kind of tensor does it list?
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
        self.register_buffer("weight", torch.randn(kernel_size))
        self.register_buffer("bias", torch.zeros(1))

    def forward(self, X):
        return _corr2d(X, self.weight) + self.bias
