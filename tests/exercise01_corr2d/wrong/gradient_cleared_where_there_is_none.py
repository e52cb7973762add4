"""K.grad is to be cleared, but it is None: there is no gradient.

Why it is wrong: before the first call of `backward`, K.grad is not 0 but None. It also stays None
for a tensor that was computed from K, even if that is called K again.
Hint: Print K.grad just before the line that clears it, in each round. When is there something to
clear, and in which tensor?
"""

import torch


def _corr2d(X, K):
    h, w = K.shape
    return (X.unfold(0, h, 1).unfold(1, w, 1) * K).sum(dim=(2, 3))


def learn_kernel(X, Y, kernel_size, lr=0.3, steps=100):
    K = torch.randn(kernel_size, dtype=X.dtype, device=X.device, requires_grad=True)
    for _ in range(steps):
        K.grad.zero_()
        loss = (_corr2d(X, K) - Y).square().mean()
        loss.backward()
        with torch.no_grad():
            K -= lr * K.grad
    return K.detach()
