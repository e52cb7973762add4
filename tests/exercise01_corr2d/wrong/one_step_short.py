"""One step too few is taken: for steps=1 the kernel stays where it starts.

Why it is wrong: `steps` says how many. Whoever asks for one step gets the random kernel back.
Hint: Call it with steps=1, and print K before the loop and after it. How often does the loop run,
and does the first round change K?
"""

import torch


def _corr2d(X, K):
    h, w = K.shape
    return (X.unfold(0, h, 1).unfold(1, w, 1) * K).sum(dim=(2, 3))


def learn_kernel(X, Y, kernel_size, lr=0.3, steps=100):
    K = torch.randn(kernel_size, dtype=X.dtype, device=X.device, requires_grad=True)
    for _ in range(1, steps):
        (_corr2d(X, K) - Y).square().mean().backward()
        with torch.no_grad():
            K -= lr * K.grad
        K.grad = None
    return K.detach()
