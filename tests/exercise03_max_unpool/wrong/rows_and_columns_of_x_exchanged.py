"""Rows and columns of x are exchanged where it is read.

Why it is wrong: x has the shape (N, C, h, w): the third place is the row and runs to h, the fourth
is the column and runs to w.
Hint: Which length has the third dimension of x? To which number does the variable run that stands
there?
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
        H = (h - 1) * sh - 2 * ph + kh
        W = (w - 1) * sw - 2 * pw + kw
        if output_size is not None:
            height, width = output_size[-2:]
            if abs(height - H) >= sh or abs(width - W) >= sw:
                raise ValueError(f"output_size {output_size} does not belong to {(H, W)}")
            H, W = height, width
        if indices.min() < 0 or indices.max() >= H * W:
            raise ValueError("indices lie outside of the plane")
        out = torch.zeros(N, C, H, W, dtype=x.dtype, device=x.device)
        for n in range(N):
            for c in range(C):
                for i in range(w):
                    for j in range(h):
                        index = int(indices[n, c, i, j])
                        out[n, c, index // W, index % W] = x[n, c, i, j]
        return out
