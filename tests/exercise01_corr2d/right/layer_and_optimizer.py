"""One layer does all the work, and an optimizer of torch does the learning."""

import torch as t
from torch import Tensor
from torch import nn as layers
from torch.nn import functional as F


def _plane(X: Tensor, K: Tensor) -> Tensor:
    """X (C, H, W), K (C, h, w) -> (H', W'), by inner products of flattened windows."""
    h, w = K.shape[-2:]
    rows = range(X.shape[-2] - h + 1)
    columns = range(X.shape[-1] - w + 1)
    flat = K.flatten()
    return t.stack(
        [t.stack([X[:, i : i + h, j : j + w].flatten().dot(flat) for j in columns]) for i in rows]
    )


def corr2d(X: Tensor, K: Tensor) -> Tensor:
    match X.dim(), K.dim():
        case 2, 2:
            pass
        case _:
            raise ValueError("corr2d takes an image X (H, W) and a kernel K (h, w)")
    if not (K.shape[0] <= X.shape[0] and K.shape[1] <= X.shape[1]):
        raise ValueError("the kernel K is larger than the image X")
    return _plane(X.unsqueeze(0), K.unsqueeze(0))


def corr2d_multi_in(X: Tensor, K: Tensor) -> Tensor:
    if len(X) - len(K):
        raise ValueError("K")
    return _plane(X, K)


def corr2d_multi_in_out(X: Tensor, K: Tensor) -> Tensor:
    Y = [None] * len(K)
    for o, kernel in enumerate(K):
        Y[o] = corr2d_multi_in(X, kernel)
    return t.stack(Y)


class Conv2D(layers.Module):
    bias: Tensor

    def __init__(self, kernel_size):
        super().__init__()
        size = layers.modules.utils._pair(kernel_size)
        self.weight = layers.Parameter(t.Tensor(*size))
        self.bias = layers.Parameter(t.Tensor(1))
        self.reset_parameters()

    def reset_parameters(self):
        layers.init.normal_(self.weight, std=0.1)
        layers.init.zeros_(self.bias)

    def forward(self, X: Tensor) -> Tensor:
        return self.cross_correlate(X) + self.bias

    def cross_correlate(self, X):
        return corr2d(X, self.weight)


def learn_kernel(X, Y, kernel_size, lr=0.1, steps=200):
    # Adam: no backtracking, no thought about scales.
    K = layers.Parameter(t.randn(kernel_size).to(X))
    h, w = kernel_size
    windows = X.unfold(0, h, 1).unfold(1, w, 1)
    optimizer = t.optim.Adam([K], lr=lr)
    for _ in range(steps):
        optimizer.zero_grad()
        F.mse_loss(t.tensordot(windows, K, dims=2), Y).backward()
        optimizer.step()
    return K.data
