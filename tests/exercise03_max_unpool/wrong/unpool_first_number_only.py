"""Only the first number of the first plane is put back.

Why it is wrong: a return that is indented too far ends all loops at their first turn.
Hint: How many numbers has your loop put back when forward returns?
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
                for i in range(h):
                    for j in range(w):
                        index = int(indices[n, c, i, j])
                        out[n, c, index // W, index % W] = x[n, c, i, j]
                        return out
