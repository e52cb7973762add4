"""The kernel's taps one by one over strided slices; zeros by multiplying with two matrices."""

# ruff: noqa: F403, F405, I001

from functools import reduce
from itertools import product

from torch import *
from builtins import max, min, range, sum  # torch has others of these names


def receptive_field(layers):
    # From the last layer down: n pixels of one layer need (n - 1) s + d (k - 1) + 1 below.
    return reduce(lambda n, layer: (n - 1) * layer[1] + layer[2] * (layer[0] - 1) + 1, layers[::-1], 1)


def same_padding(kernel_size, dilation=1):
    before, one_more = divmod(dilation * (kernel_size - 1), 2)
    return (before, before + one_more)


def conv_transpose_output_size(
    size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1
):
    if output_padding >= max(stride, dilation):
        raise ValueError("output_padding is too large")
    full = stride * (size - 1) + dilation * (kernel_size - 1) + 1
    return full - 2 * padding + output_padding


def conv_output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    if min(kernel_size, stride, dilation, padding + 1) < 1:
        raise ValueError("kernel_size, stride, dilation or padding is too small")
    reach = dilation * (kernel_size - 1) + 1
    starts = range(0, size + 2 * padding - reach + 1, stride)
    if not starts:
        raise ValueError("kernel_size is too large")
    return len(starts)


def pool_output_size(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    if padding > kernel_size // 2:
        raise ValueError("padding is too large")
    step = kernel_size if stride is None else stride
    room = size + 2 * padding - dilation * (kernel_size - 1) - 1
    if ceil_mode:
        starts = range(0, room + step, step)
        return sum(start < size + padding for start in starts)
    return room // step + 1


def _shift(X, size, before):
    """The matrix (size + 2 * before, size) that moves rows down by `before`."""
    return eye(size + 2 * before, dtype=X.dtype, device=X.device)[:, before : before + size]


def zero_pad2d(X, padding):
    ph, pw = padding if isinstance(padding, tuple) else (padding, padding)
    H, W = X.shape[-2:]
    return _shift(X, H, ph) @ X @ _shift(X, W, pw).T


def corr2d_strided(X, K, stride=1, padding=0):
    sh, sw = stride if isinstance(stride, tuple) else (stride, stride)
    P = zero_pad2d(X, padding)
    (H, W), (h, w) = P.shape, K.shape
    return sum(
        K[a, b] * P[a : H - h + a + 1 : sh, b : W - w + b + 1 : sw]
        for a, b in product(range(h), range(w))
    )
