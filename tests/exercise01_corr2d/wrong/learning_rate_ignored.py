"""However small lr is, the kernel goes far: the steps do not depend on it.

Why it is wrong: whoever calls the function says by lr how far a step goes. A number in the code
suits one image and not the next.
Hint: Where in your loop does lr stand? Call it with lr=0: what should come back then?
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
            K -= 0.3 * K.grad
        K.grad = None
    return K.detach()
