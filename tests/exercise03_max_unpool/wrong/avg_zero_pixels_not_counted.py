"""Pixels that are 0 are taken for padding.

Why it is wrong: padding is told by its place, not by its value: a pixel of the image can be 0
as well.
Hint: What is the mean of the pixels 0 and 4?
"""

import torch
import torch.nn.functional as F


def _pair(value):
    return value if isinstance(value, tuple) else (value, value)


def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    kh, kw = _pair(kernel_size)
    sh, sw = (kh, kw) if stride is None else _pair(stride)
    ph, pw = _pair(padding)
    N, C, H, W = x.shape
    padded = F.pad(x, (pw, pw, ph, ph))
    rows = (H + 2 * ph - kh) // sh + 1
    cols = (W + 2 * pw - kw) // sw + 1
    output = torch.zeros(N, C, rows, cols, dtype=x.dtype, device=x.device)
    for i in range(rows):
        for j in range(cols):
            top, left = i * sh, j * sw
            total = padded[:, :, top : top + kh, left : left + kw].sum((2, 3))
            count = kh * kw
            if not count_include_pad:
                seen = padded[:, :, top : top + kh, left : left + kw]
                count = (seen != 0).sum((2, 3)).clamp(min=1)
            output[:, :, i, j] = total / count
    return output
