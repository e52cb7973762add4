"""The padding below and on the right has no effect in max pooling.

Why it is wrong: the padding is what each side receives, below and to the right as well, and
windows reach into it there too.
Hint: How many rows does a plane of 5 rows have after a padding of 1? In which of them does your
last window end?
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
    padded = F.pad(x, (pw, 0, ph, 0), value=float("-inf"))
    rows = (H + ph - kh) // sh + 1
    cols = (W + pw - kw) // sw + 1
    output = torch.zeros(N, C, rows, cols, dtype=x.dtype, device=x.device)
    indices = torch.zeros(N, C, rows, cols, dtype=torch.int64, device=x.device)
    for i in range(rows):
        for j in range(cols):
            window = padded[:, :, i * sh : i * sh + kh, j * sw : j * sw + kw].flatten(2)
            output[:, :, i, j], place = window.max(dim=2)
            row = i * sh - ph + place // kw
            col = j * sw - pw + place % kw
            indices[:, :, i, j] = row * W + col
    return output, indices
