"""Windows have a row and a column too many in max pooling.

Why it is wrong: a slice ends before its second number, so start + height gives just the rows of
the window.
Hint: How many rows has x[0:2]? How many has your window of height 2?
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
            window = padded[:, :, i * sh : i * sh + kh + 1, j * sw : j * sw + kw + 1]
            window_width = window.shape[3]
            window = window.flatten(2)
            output[:, :, i, j], place = window.max(dim=2)
            row = i * sh - ph + place // window_width
            col = j * sw - pw + place % window_width
            indices[:, :, i, j] = row * W + col
    return output, indices
