"""Negative numbers are not put back: the 0 of the empty plane wins.

Why it is wrong: a number goes to its index whatever its sign. Taking the larger one of two numbers
is the business of pooling.
Hint: Put back -3 at an index of an empty plane. What should stand there, and what does?
"""

import torch
from torch import nn


def _pair(value):
    return value if isinstance(value, tuple) else (value, value)


class MaxUnpool2d(nn.Module):
    def __init__(self, kernel_size, stride=None, padding=0):
        super().__init__()
        self.kernel_size = _pair(kernel_size)
        self.stride = self.kernel_size if stride is None else _pair(stride)
        self.padding = _pair(padding)

    def forward(self, x, indices, output_size=None):
        (kh, kw), (sh, sw), (ph, pw) = self.kernel_size, self.stride, self.padding
        N, C, h, w = x.shape
        rows = (h - 1) * sh - 2 * ph + kh
        cols = (w - 1) * sw - 2 * pw + kw
        H, W = (rows, cols) if output_size is None else output_size[-2:]
        if abs(H - rows) >= sh or abs(W - cols) >= sw:
            raise ValueError("output_size is too far from the default")
        if ((indices < 0) | (indices >= H * W)).any():
            raise ValueError("indices point outside of the plane")
        planes = torch.zeros(N, C, H * W, dtype=x.dtype, device=x.device)
        planes = planes.scatter_reduce(2, indices.flatten(2), x.flatten(2), "amax")
        return planes.reshape(N, C, H, W)
