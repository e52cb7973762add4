"""Bad arguments end in an AssertionError instead of a ValueError.

Why it is wrong: `assert` is a note to yourself, and `python -O` leaves it out. A caller who hands
over something wrong is told so by an exception that fits.
Hint: Which exception does the docstring promise, and which statement raises it?
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
            assert abs(height - H) < sh and abs(width - W) < sw, "output_size is too far away"
            H, W = height, width
        assert indices.min() >= 0 and indices.max() < H * W, "indices lie outside of the plane"
        out = torch.zeros(N, C, H, W, dtype=x.dtype, device=x.device)
        for n in range(N):
            for c in range(C):
                for i in range(h):
                    for j in range(w):
                        index = int(indices[n, c, i, j])
                        out[n, c, index // W, index % W] = x[n, c, i, j]
        return out
