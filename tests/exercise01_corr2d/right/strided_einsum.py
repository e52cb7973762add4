"""A view of all windows by as_strided, and one einsum for everything."""

from torch import as_strided, einsum, nn, no_grad, ones, randn
from torch.nn import Module, Parameter


def windows_of(X, h, w):
    """X (..., H, W) -> a view (..., H', W', h, w)."""
    *lead, H, W = X.shape
    *steps, down, right = X.stride()
    size = (*lead, H - h + 1, W - w + 1, h, w)
    return as_strided(X, size, (*steps, down, right, down, right))


def check(fine, message):
    if not fine:
        raise ValueError(message)


def corr2d(X, K):
    check(X.dim() == K.dim() == 2, "X and K must be matrices")
    check(all(k <= x for x, k in zip(X.size(), K.size())), "K is larger than X")
    return einsum("ijab,ab->ij", windows_of(X, *K.shape), K)


def corr2d_multi_in(X, K):
    check(len(X) == len(K), "X and K need the same number of channels")
    return einsum("cijab,cab->ij", windows_of(X, *K.shape[-2:]), K)


def corr2d_multi_in_out(X, K):
    return einsum("cijab,ocab->oij", windows_of(X, *K.shape[-2:]), K)


class Conv2D(Module):
    def __init__(self, kernel_size):
        nn.Module.__init__(self)
        size = (kernel_size,) * 2 if isinstance(kernel_size, int) else tuple(kernel_size)
        # The bias first: the order of definition is free.
        self.register_parameter("bias", Parameter(ones(1)))
        self.register_parameter("weight", Parameter(ones(size) / 3))

    def forward(self, image):
        return self.bias + corr2d(image, self.weight)


def learn_kernel(X, Y, kernel_size, lr=0.2, steps=200):
    K = randn(*kernel_size).to(X)
    windows = windows_of(X, *kernel_size)
    with no_grad():
        for _ in range(steps):
            residual = einsum("ijab,ab->ij", windows, K) - Y
            # The gradient of the mean of squares, worked out on paper.
            K -= lr * 2 * einsum("ijab,ij->ab", windows, residual) / Y.numel()
    return K
