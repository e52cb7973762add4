"""An output_size that is smaller than the default is refused.

Why it is wrong: a window may hang over the edge of the plane that was pooled. Then that plane is
smaller than the default.
Hint: Windows of 2 with ceil_mode on 3 pixels: how many are there, and how many rows do they cover?
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
        if not (rows <= H < rows + sh and cols <= W < cols + sw):
            raise ValueError("output_size is too far from the default")
        if ((indices < 0) | (indices >= H * W)).any():
            raise ValueError("indices point outside of the plane")
        planes = torch.zeros(N, C, H * W, dtype=x.dtype, device=x.device)
        return planes.scatter(2, indices.flatten(2), x.flatten(2)).reshape(N, C, H, W)
