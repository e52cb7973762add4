"""The weight is not a parameter: the layer knows of its bias only.

Why it is wrong: a module keeps what is an nn.Parameter. A plain tensor does not show up in
`parameters()`, even if it asks for gradients, so it is neither trained, nor saved, nor moved.
Hint: Print `list(layer.parameters())`. What is missing? Compare how the two were made.
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
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, X):
        return _corr2d(X, self.weight) + self.bias
