"""The search for the maximum starts at 0.

Why it is wrong: where a window holds negative numbers only, none of them ever beats the 0 it
started with.
Hint: What does your function return for a window of -3, -5, -1, -2?
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
            best = torch.zeros_like(window[:, :, 0])
            place = torch.zeros_like(best, dtype=torch.int64)
            for k in range(kh * kw):
                larger = window[:, :, k] > best
                best = torch.where(larger, window[:, :, k], best)
                place = torch.where(larger, k, place)
            output[:, :, i, j] = best
            row = i * sh - ph + place // kw
            col = j * sw - pw + place % kw
            indices[:, :, i, j] = row * W + col
    return output, indices
