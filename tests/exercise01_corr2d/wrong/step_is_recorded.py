"""The step is recorded by autograd, as if it were part of what is differentiated.

Why it is wrong: a tensor that requires grad must not be changed in place while autograd watches,
or the history of its gradients would be wrong.
Hint: Which `with` line tells torch not to watch for a while? Only the step belongs below it.
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
        K -= lr * K.grad
        K.grad = None
    return K.detach()
