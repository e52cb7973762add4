"""Indices name the first pixel of each window, wherever its maximum is.

Why it is wrong: the maximum stands somewhere in the window, and its place there has to be added to
where the window starts.
Hint: Exchange two numbers in a window. Does your index change?
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
            row = torch.full_like(place, i * sh - ph)
            col = j * sw - pw
            indices[:, :, i, j] = row * W + col
    return output, indices
