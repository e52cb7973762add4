"""Indices that leave their plane land in another one.

Why it is wrong: in a flattened tensor an index that is too large for its plane is a place in
the next plane, and nobody complains.
Hint: What happens with index 24 in a plane of 4x6?
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
        out = torch.zeros(N, C, H, W, dtype=x.dtype, device=x.device)
        flat = out.view(-1)
        for n in range(N):
            for c in range(C):
                start = (n * C + c) * H * W
                for k in range(h * w):
                    flat[start + int(indices[n, c].flatten()[k])] = x[n, c].flatten()[k]
        return out
