"""The column is multiplied by the width, and the row is added.

Why it is wrong: one row further down are as many pixels as a row is long; one column to the right
is the next pixel.
Hint: How many pixels do you pass when you go down one row? And when you go one column to the
right?
"""

import torch
import torch.nn.functional as F


def _pair(value):
    return value if isinstance(value, tuple) else (value, value)


def max_pool2d(x, kernel_size, stride=None, padding=0):
    kh, kw = _pair(kernel_size)
    sh, sw = (kh, kw) if stride is None else _pair(stride)
    ph, pw = _pair(padding)
    N, C, H, W = x.shape
    padded = F.pad(x, (pw, pw, ph, ph), value=float("-inf"))
    rows = (H + 2 * ph - kh) // sh + 1
    cols = (W + 2 * pw - kw) // sw + 1
    output = torch.zeros(N, C, rows, cols, dtype=x.dtype, device=x.device)
    indices = torch.zeros(N, C, rows, cols, dtype=torch.int64, device=x.device)
    for i in range(rows):
        for j in range(cols):
            window = padded[:, :, i * sh : i * sh + kh, j * sw : j * sw + kw].flatten(2)
            output[:, :, i, j], place = window.max(dim=2)
            row = i * sh - ph + place // kw
            col = j * sw - pw + place % kw
            indices[:, :, i, j] = col * W + row
    return output, indices
