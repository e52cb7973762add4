"""Of equal maxima, the last one is taken.

Why it is wrong: the first in row order is asked for. A comparison that lets equals win moves on
to the last.
Hint: Take a window of four equal numbers. Which index should come out?
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
            best, place = window[:, :, 0], torch.zeros_like(window[:, :, 0], dtype=torch.int64)
            for k in range(1, kh * kw):
                better = window[:, :, k] >= best
                best = torch.where(better, window[:, :, k], best)
                place = torch.where(better, k, place)
            output[:, :, i, j] = best
            row = i * sh - ph + place // kw
            col = j * sw - pw + place % kw
            indices[:, :, i, j] = row * W + col
    return output, indices
