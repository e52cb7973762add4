"""Weight and bias are not parameters: the layer has none.

Why it is wrong: a module knows only what was registered with it. Plain tensors do not show up in
`parameters()`, so they are neither trained, nor saved, nor moved.
Hint: Print `list(layer.parameters())`. What is missing, and why?
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
        self.weight = torch.randn(kernel_size, requires_grad=True)
        self.bias = torch.zeros(1, requires_grad=True)

    def forward(self, X):
        return _corr2d(X, self.weight) + self.bias
