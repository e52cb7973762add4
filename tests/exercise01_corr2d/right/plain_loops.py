"""Four nested loops, and the result filled in number by number."""

import torch
from torch import nn


def corr2d(X, K):
    if X.ndim != 2:
        raise ValueError("X must have two dimensions")
    if K.ndim != 2:
        raise ValueError("K must have two dimensions")
    H, W = X.shape
    h, w = K.shape
    if H < h or W < w:
        raise ValueError("K must not be larger than X")
    Y = X.new_zeros((H - h + 1, W - w + 1))
    for i in range(H - h + 1):
        for j in range(W - w + 1):
            for a in range(h):
                for b in range(w):
                    Y[i, j] += X[i + a, j + b] * K[a, b]
    return Y


def corr2d_multi_in(X, K):
    channels = X.shape[0]
    if K.shape[0] != channels:
        raise ValueError(f"K must have {channels} channels")
    Y = corr2d(X[0], K[0])
    for c in range(1, channels):
        Y = Y + corr2d(X[c], K[c])
    return Y


def corr2d_multi_in_out(X, K):
    outputs = []
    for o in range(K.shape[0]):
        outputs.append(corr2d_multi_in(X, K[o]))
    return torch.stack(outputs, dim=0)


class Conv2D(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        if type(kernel_size) is int:
            h = w = kernel_size
        else:
            h, w = kernel_size
        self.weight = nn.Parameter(torch.rand(h, w))
        self.bias = nn.Parameter(torch.zeros(1))

    def forward(self, X):
        return corr2d(X, self.weight) + self.bias


def learn_kernel(X, Y, kernel_size, lr=0.25, steps=100):
    h, w = kernel_size
    K = torch.rand(h, w).to(X.dtype).to(X.device)
    K.requires_grad = True
    for _ in range(steps):
        # Whole windows at once here: the loops above would take seconds for 100 steps.
        Y_hat = sum(
            K[a, b] * X[a : a + Y.shape[0], b : b + Y.shape[1]] for a in range(h) for b in range(w)
        )
        loss = ((Y_hat - Y) ** 2).mean()
        loss.backward()
        K.data -= lr * K.grad
        K.grad.zero_()
    return K.detach()
