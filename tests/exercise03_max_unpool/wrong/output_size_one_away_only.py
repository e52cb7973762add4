"""Only an output_size within one pixel of the default is accepted.

Why it is wrong: how far away it may be depends on the stride. With windows a stride of 3 apart,
up to 2 pixels may be left over at the end.
Hint: With windows of 3 side by side, how many windows find room in 6 pixels, in 7 and in 8?
More specific than: unpool-stride-one
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
        if abs(H - rows) > 1 or abs(W - cols) > 1:
            raise ValueError("output_size is too far from the default")
        if ((indices < 0) | (indices >= H * W)).any():
            raise ValueError("indices point outside of the plane")
        planes = torch.zeros(N, C, H * W, dtype=x.dtype, device=x.device)
        return planes.scatter(2, indices.flatten(2), x.flatten(2)).reshape(N, C, H, W)
