"""A tensor is made on the CPU, wherever the image is.

Why it is wrong: `torch.randn`, for one, makes it there unless it is told otherwise. With an image
on a GPU the two cannot be multiplied.
Hint: Which of your tensors is not made from X or Y? Ask it for its `.device`.
"""

import torch


def _corr2d(X, K):
    h, w = K.shape
    return (X.unfold(0, h, 1).unfold(1, w, 1) * K).sum(dim=(2, 3))


def learn_kernel(X, Y, kernel_size, lr=0.3, steps=100):
    K = torch.randn(kernel_size, dtype=X.dtype, requires_grad=True)
    for _ in range(steps):
        loss = (_corr2d(X, K) - Y).square().mean()
        loss.backward()
        with torch.no_grad():
            K -= lr * K.grad
        K.grad = None
    return K.detach()
