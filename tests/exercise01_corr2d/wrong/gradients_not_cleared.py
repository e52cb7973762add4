"""A step also uses the gradients of the steps before it.

Why it is wrong: `backward` adds to the gradient that it finds in K.grad. Step 2 then uses the sum
of two gradients, step 3 of three, and the kernel swings back and forth.
Hint: Print K.grad after the first and after the second call of backward. Is the second one new?
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
    return K.detach()
