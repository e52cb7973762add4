"""as_strided windows into an einsum; zeros by concatenation; sizes by torch's own pooling."""

import torch
from torch import nn


def zero_pad2d(X: torch.Tensor, padding) -> torch.Tensor:
    if type(padding) is int:
        padding = [padding] * 2
    for dimension, count in zip((-2, -1), padding, strict=True):
        shape = list(X.shape)
        shape[dimension] = count
        zeros = X.new_zeros(shape)
        X = torch.cat([zeros, X, zeros], dim=dimension)
    return X


def corr2d_strided(X: torch.Tensor, K: torch.Tensor, stride=1, padding=0) -> torch.Tensor:
    if type(stride) is int:
        stride = [stride] * 2
    P = zero_pad2d(X, padding).contiguous()
    size = [conv_output_size(n, k, s) for n, k, s in zip(P.shape, K.shape, stride, strict=True)]
    steps = [s * step for s, step in zip(stride, P.stride(), strict=True)]
    windows = P.as_strided((*size, *K.shape), (*steps, *P.stride()))
    return torch.einsum("ijab,ab->ij", windows, K)


def conv_output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    if kernel_size < 1 or stride < 1 or dilation < 1 or padding < 0:
        raise ValueError("one of kernel_size, stride, dilation, padding is too small")
    last_start = size + 2 * padding - dilation * (kernel_size - 1)
    if last_start < 1:
        raise ValueError("kernel_size: no room for the window")
    return (last_start + stride - 1) // stride


def pool_output_size(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    if padding > kernel_size / 2:
        raise ValueError("padding")
    pool = nn.MaxPool2d(kernel_size, stride, padding, dilation, ceil_mode=ceil_mode)
    return pool(torch.empty(1, size, size, device="meta")).size(-1)


def conv_transpose_output_size(
    size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1
):
    if output_padding >= stride and output_padding >= dilation:
        raise ValueError("output_padding must be smaller than stride or dilation")
    # The input with zeros between its pixels and around them goes through a plain window.
    spread = (size - 1) * stride + 1
    around = dilation * (kernel_size - 1) - padding
    return spread + 2 * around + output_padding - dilation * (kernel_size - 1)


def same_padding(kernel_size, dilation=1):
    window = dilation * (kernel_size - 1) + 1
    return (window - 1) // 2, window // 2


def receptive_field(layers):
    first, last = 0, 0  # the pixels that are seen, from the last layer down to the input
    for kernel_size, stride, dilation in list(layers)[::-1]:
        first, last = first * stride, last * stride + dilation * (kernel_size - 1)
    return last - first + 1
