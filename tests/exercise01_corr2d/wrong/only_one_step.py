"""The kernel is returned after the first step.

Why it is wrong: a `return` inside the loop ends it in the first round.
Hint: How often does your loop run? Print the number of the step.
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
        return K.detach()
    return K.detach()
