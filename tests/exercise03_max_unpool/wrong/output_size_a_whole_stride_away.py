"""output_size may be exactly one stride away from the default.

Why it is wrong: a stride more makes room for one more window, so such a plane pools to another
number of windows.
Hint: With windows of 2 side by side, how many windows find room in 4 pixels, in 5 and in 6?
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
        if abs(H - rows) > sh or abs(W - cols) > sw:
            raise ValueError("output_size is too far from the default")
        if ((indices < 0) | (indices >= H * W)).any():
            raise ValueError("indices point outside of the plane")
        planes = torch.zeros(N, C, H * W, dtype=x.dtype, device=x.device)
        return planes.scatter(2, indices.flatten(2), x.flatten(2)).reshape(N, C, H, W)
