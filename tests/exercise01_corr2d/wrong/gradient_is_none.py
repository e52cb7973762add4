"""The step multiplies by None: no gradient is there.

Why it is wrong: `backward` returns nothing. It fills K.grad, and only for the tensor that asked
for gradients in the first place. What is computed from K is another tensor, even if it is called K
again.
Hint: Print K.grad and K.is_leaf in each round. What should fill K.grad, and is K in the second
round still the tensor that you made before the loop?
"""

import torch


def _corr2d(X, K):
    h, w = K.shape
    return (X.unfold(0, h, 1).unfold(1, w, 1) * K).sum(dim=(2, 3))


def learn_kernel(X, Y, kernel_size, lr=0.3, steps=100):
    K = torch.randn(kernel_size, dtype=X.dtype, device=X.device, requires_grad=True)
    for _ in range(steps):
        _loss = (_corr2d(X, K) - Y).square().mean()
        with torch.no_grad():
            K -= lr * K.grad
        K.grad = None
    return K.detach()
