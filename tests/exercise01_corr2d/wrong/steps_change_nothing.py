"""`steps` changes nothing: after one step or two, the kernel is the same.

Why it is wrong: `steps` says how many steps are taken, each from where the one before has ended. A
loop of a fixed length, one that is left in its first round, and one that starts anew in each round
all end in one place.
Hint: Print the number of the round, and K before and after it, for steps=1 and for steps=2. How
many rounds are there, and where does the second one start?
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
