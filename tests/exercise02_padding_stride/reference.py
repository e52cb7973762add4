"""The answers of exercise 2, read off torch's own layers: the shapes of their outputs,
and for the receptive field the footprint of a gradient."""

import math
import warnings

import torch
from torch import Tensor, nn
from torch.nn import functional as F


def _length(layer: nn.Module, size: int) -> int:
    """The length of what `layer` makes of a line of `size` pixels."""
    try:
        with torch.no_grad():
            return layer(torch.zeros(1, 1, size)).shape[-1]
    except RuntimeError as error:
        raise ValueError(str(error)) from error


def conv_output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    """What nn.Conv1d makes of the size."""
    # The layer finds most bad numbers in its forward, but divides by some before it looks.
    if min(kernel_size, stride, dilation) < 1 or padding < 0:
        raise ValueError("kernel_size, stride and dilation start at 1, padding at 0")
    return _length(nn.Conv1d(1, 1, kernel_size, stride, padding, dilation, bias=False), size)


def pool_output_size(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    """What nn.MaxPool1d makes of the size."""
    layer = nn.MaxPool1d(kernel_size, stride, padding, dilation, ceil_mode=ceil_mode)
    return _length(layer, size)


def conv_transpose_output_size(
    size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1
):
    """What nn.ConvTranspose1d makes of the size."""
    layer = nn.ConvTranspose1d(
        1, 1, kernel_size, stride, padding, output_padding, bias=False, dilation=dilation
    )
    return _length(layer, size)


def same_padding(kernel_size, dilation=1):
    """The zeros that padding="same" puts before and after a line."""
    size = dilation * kernel_size  # more than the window takes away
    line = torch.ones(1, 1, size)
    taps = torch.zeros(1, 1, kernel_size)
    first, last = taps.clone(), taps.clone()
    first[..., 0] = last[..., -1] = 1
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch says that an even kernel costs it a copy
        # The first tap passes over the zeros before the line, the last over those after it.
        before = size - F.conv1d(line, first, padding="same", dilation=dilation).sum()
        after = size - F.conv1d(line, last, padding="same", dilation=dilation).sum()
    return int(before), int(after)


def zero_pad2d(X: Tensor, padding) -> Tensor:
    """F.pad, which begins with the last dimension."""
    ph, pw = _pair(padding)
    return F.pad(X, (pw, pw, ph, ph))


def corr2d_strided(X: Tensor, K: Tensor, stride=1, padding=0) -> Tensor:
    """F.conv2d on one image of one channel."""
    return F.conv2d(X[None, None], K[None, None], None, stride, padding)[0, 0]


def receptive_field(layers):
    """The length of the footprint that one output's gradient leaves on the input."""
    # Surely enough: all windows in a row, each as far apart as the last layer's pixels are.
    longest = sum(kernel_size * dilation for kernel_size, _, dilation in layers)
    enough = 1 + longest * math.prod(stride for _, stride, _ in layers)
    line = torch.ones(1, 1, enough, dtype=torch.float64, requires_grad=True)
    y = line
    for kernel_size, stride, dilation in layers:
        taps = torch.ones(1, 1, kernel_size, dtype=torch.float64)
        y = F.conv1d(y, taps, stride=stride, dilation=dilation)
    (footprint,) = torch.autograd.grad(y[0, 0, 0], line)
    seen = footprint.flatten().nonzero()
    return int(seen[-1] - seen[0]) + 1


def _pair(value):
    return value if isinstance(value, (tuple, list)) else (value, value)
