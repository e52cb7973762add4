"""A small class for windows does the arithmetic; indexing with index tensors does the sliding."""

from dataclasses import dataclass
from functools import singledispatch

import torch


@dataclass(frozen=True)
class Window:
    length: int
    stride: int = 1
    dilation: int = 1

    @property
    def reach(self):
        return 1 + (self.length - 1) * self.dilation

    def places(self, size):
        return 1 + (size - self.reach) // self.stride

    def seen(self, pixels):
        return self.reach + (pixels - 1) * self.stride

    def indices(self, size, device):
        starts = torch.arange(self.places(size), device=device) * self.stride
        taps = torch.arange(self.length, device=device) * self.dilation
        return starts[:, None] + taps


class BadArgument(ValueError):
    pass


def _demand(name, condition):
    if not condition:
        raise BadArgument(f"{name} is out of range")


@singledispatch
def _pair(value):
    first, second = value
    return first, second


@_pair.register
def _(value: int):
    return value, value


def conv_output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    _demand("kernel_size", kernel_size >= 1)
    _demand("stride", stride >= 1)
    _demand("padding", padding >= 0)
    _demand("dilation", dilation >= 1)
    window = Window(kernel_size, stride, dilation)
    places = window.places(size + 2 * padding)
    _demand("kernel_size", window.reach <= size + 2 * padding)
    return places


def pool_output_size(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    _demand("padding", kernel_size - 2 * padding >= 0)
    window = Window(kernel_size, stride if stride else kernel_size, dilation)
    whole = window.places(size + 2 * padding)
    covered = window.seen(whole)
    next_start = whole * window.stride
    one_more = covered < size + 2 * padding and next_start < padding + size
    return whole + 1 if ceil_mode and one_more else whole


def conv_transpose_output_size(
    size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1
):
    _demand("output_padding", output_padding < stride or output_padding < dilation)
    return Window(kernel_size, stride, dilation).seen(size) - 2 * padding + output_padding


def same_padding(kernel_size, dilation=1):
    zeros = Window(kernel_size, dilation=dilation).reach - 1
    after = -(-zeros // 2)
    return tuple([zeros - after, after])


def zero_pad2d(X, padding):
    (ph, pw), (H, W) = _pair(padding), X.shape[-2:]
    result = torch.zeros_like(X[..., :1, :1]).repeat(
        *[1] * (X.ndim - 2), H + 2 * ph, W + 2 * pw
    )
    result.narrow(-2, ph, H).narrow(-1, pw, W).copy_(X)
    return result


def corr2d_strided(X, K, stride=1, padding=0):
    P = zero_pad2d(X, padding)
    (h, w), (sh, sw) = K.shape, _pair(stride)
    rows = Window(h, sh).indices(P.shape[0], P.device)  # (H', h)
    columns = Window(w, sw).indices(P.shape[1], P.device)  # (W', w)
    patches = P[rows[:, None, :, None], columns[None, :, None, :]]  # (H', W', h, w)
    return patches.flatten(2) @ K.flatten()


def receptive_field(layers):
    *below, (kernel_size, _, dilation) = layers
    pixels = Window(kernel_size, dilation=dilation).reach
    for kernel_size, stride, dilation in reversed(below):
        pixels = Window(kernel_size, stride, dilation).seen(pixels)
    return pixels
