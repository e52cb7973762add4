"""The kernel that is returned still requires grad.

Why it is wrong: what was learned is a result, not something to go on training. Everything that is
computed with it would be recorded by autograd.
Hint: Print `learn_kernel(...).requires_grad`.
"""

import torch


def _corr2d(X, K):
    h, w = K.shape
    return (X.unfold(0, h, 1).unfold(1, w, 1) * K).sum(dim=(2, 3))


def learn_kernel(X, Y, kernel_size, lr=0.3, steps=100):
    K = torch.randn(kernel_size, dtype=X.dtype, device=X.device, requires_grad=True)
    for _ in range(steps):
        loss = (_corr2d(X, K) - Y).square().mean()
        loss.backward()
        with torch.no_grad():
            K -= lr * K.grad
        K.grad = None
    return K
