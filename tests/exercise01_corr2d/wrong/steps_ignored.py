"""The kernel is found all at once, however few steps are asked for.

Why it is wrong: the caller says how many steps may be taken, to see how far they get, say. One
step goes part of the way.
Hint: What comes back for steps=1, and what for steps=2? Where does your code look at `steps`?
"""

import torch


def _corr2d(X, K):
    h, w = K.shape
    return (X.unfold(0, h, 1).unfold(1, w, 1) * K).sum(dim=(2, 3))


def learn_kernel(X, Y, kernel_size, lr=0.3, steps=100):
    K = torch.randn(kernel_size, dtype=X.dtype, device=X.device, requires_grad=True)
    for _ in range(200):
        (_corr2d(X, K) - Y).square().mean().backward()
        with torch.no_grad():
            K -= lr * K.grad
        K.grad = None
    return K.detach()
