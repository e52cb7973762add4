"""numpy does the work: np.pad, sliding windows, tensordot. Floats and math.floor for the sizes."""

import math

import numpy as np
import torch
from numpy.lib.stride_tricks import sliding_window_view


def conv_output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    for name, value, least in [
        ("kernel_size", kernel_size, 1),
        ("stride", stride, 1),
        ("dilation", dilation, 1),
        ("padding", padding, 0),
    ]:
        if value < least:
            raise ValueError(f"{name} is {value}, but must be at least {least}")
    places = math.floor((size + 2 * padding - dilation * (kernel_size - 1) - 1) / stride + 1)
    if dilation * (kernel_size - 1) + 1 > size + 2 * padding:
        raise ValueError("kernel_size is larger than the padded size")
    return places


def pool_output_size(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    if padding > kernel_size / 2:
        raise ValueError("padding should be at most half of kernel_size")
    if stride is None:
        stride = kernel_size
    rounded = math.ceil if ceil_mode else math.floor
    places = rounded((size + 2 * padding - dilation * (kernel_size - 1) - 1) / stride + 1)
    if ceil_mode and (places - 1) * stride >= size + padding:
        places = places - 1
    return places


def conv_transpose_output_size(
    size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1
):
    if not output_padding < max(stride, dilation):
        raise ValueError(f"output_padding {output_padding} is too large")
    return (size - 1) * stride - 2 * padding + dilation * (kernel_size - 1) + output_padding + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return math.floor(total / 2), math.ceil(total / 2)


def _both(value):
    return tuple(np.broadcast_to(value, 2).tolist())


def zero_pad2d(X, padding):
    ph, pw = _both(padding)
    around = [(0, 0)] * (X.dim() - 2) + [(ph, ph), (pw, pw)]
    padded = np.pad(X.detach().cpu().numpy(), around)
    return torch.from_numpy(padded).to(X.device)


def corr2d_strided(X, K, stride=1, padding=0):
    sh, sw = _both(stride)
    padded = zero_pad2d(X, padding).cpu().numpy()
    windows = sliding_window_view(padded, tuple(K.shape))[::sh, ::sw]
    result = np.tensordot(windows, K.detach().cpu().numpy(), axes=2)
    return torch.from_numpy(result).to(X.device)


def receptive_field(layers):
    kernels, strides, dilations = np.array(layers).T
    apart = np.concatenate([[1], np.cumprod(strides)[:-1]])
    return int(1 + (dilations * (kernels - 1) * apart).sum())
