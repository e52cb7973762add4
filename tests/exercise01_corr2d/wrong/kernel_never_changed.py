"""The kernel is never changed: it comes back as it started.

Why it is wrong: a step that is computed but not stored changes nothing. The next round, and
whoever gets the result, must find the moved kernel.
Hint: Print K before and after the first round. Which of your lines is meant to change it, and
where does the new value go?
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
            K - lr * K.grad
        K.grad = None
    return K.detach()
