"""The error is a mean, but the steps are sized for a sum.

Why it is wrong: a mean over n pixels has a gradient n times as small as a sum. Ten steps of 0.03
are enough for the sum and get nowhere with the mean.
Hint: By what factor does the gradient change when you turn a sum into a mean? Print the error of
the last step.
"""

import torch


def _corr2d(X, K):
    h, w = K.shape
    return (X.unfold(0, h, 1).unfold(1, w, 1) * K).sum(dim=(2, 3))


def learn_kernel(X, Y, kernel_size, lr=0.03, steps=10):
    K = torch.randn(kernel_size, dtype=X.dtype, device=X.device, requires_grad=True)
    for _ in range(steps):
        loss = (_corr2d(X, K) - Y).square().mean()
        loss.backward()
        with torch.no_grad():
            K -= lr * K.grad
        K.grad = None
    return K.detach()
