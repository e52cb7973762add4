"""Each kernel entry times a shifted image; lambdas, a star import, the big function first."""

from functools import reduce
from operator import add

import torch
from torch.nn import *  # noqa: F403


def corr2d_multi_in_out(X, K):
    return torch.cat([corr2d_multi_in(X, kernel).unsqueeze(0) for kernel in K])


def corr2d_multi_in(X, K):
    if X.size(0) != K.size(0):
        raise ValueError("channels")
    return reduce(add, map(corr2d, X, K))


def _corr2d(X, K):
    rows, columns = X.size(0) - K.size(0) + 1, X.size(1) - K.size(1) + 1
    shifted = lambda a, b: X[a : a + rows, b : b + columns]  # noqa: E731
    terms = [K[a][b] * shifted(a, b) for a in range(K.size(0)) for b in range(K.size(1))]
    return torch.stack(terms).sum(0)


class KernelTooLarge(ValueError):
    """K does not fit into X."""


class NotAMatrix(ValueError):
    """X or K is not 2-D."""


def corr2d(X, K):
    if {X.dim(), K.dim()} != {2}:
        raise NotAMatrix("X and K must be 2-D")
    if max(K.size(0) - X.size(0), K.size(1) - X.size(1)) > 0:
        raise KernelTooLarge("K does not fit into X")
    return _corr2d(X, K)


class Base(Module):  # noqa: F405
    def __init__(self, h, w):
        super().__init__()
        self.weight = Parameter(torch.empty(h, w).uniform_(-0.5, 0.5))  # noqa: F405
        self.bias = Parameter(torch.empty(1).normal_())  # noqa: F405


class Conv2D(Base):
    def __init__(self, kernel_size):
        h, w = (kernel_size, kernel_size) if isinstance(kernel_size, int) else kernel_size
        super().__init__(h, w)

    forward = lambda self, X: corr2d(X, self.weight).add(self.bias)  # noqa: E731


def learn_kernel(X, Y, kernel_size, lr=0.1, steps=150):
    # A sum of squares, its step scaled by the number of pixels; with momentum.
    K = torch.zeros(kernel_size, dtype=X.dtype, device=X.device)
    K.normal_().requires_grad_()
    velocity = torch.zeros_like(K)
    for _ in range(steps):
        loss = (corr2d(X, K) - Y).pow(2).sum()
        (slope,) = torch.autograd.grad(loss, [K])
        velocity = 0.8 * velocity + slope / Y.numel()
        K = (K - lr * velocity).detach().requires_grad_()
    return K.detach().clone()
