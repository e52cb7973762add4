"""Windows start one pixel apart, whatever the stride, in max pooling.

Why it is wrong: window (i, j) starts i strides below the first one and j strides to the right of
it.
Hint: With a stride of 2, in which row and column does window (1, 1) start? And in your code?
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
            window = padded[:, :, i : i + kh, j : j + kw].flatten(2)
            output[:, :, i, j], place = window.max(dim=2)
            row = i - ph + place // kw
            col = j - pw + place % kw
            indices[:, :, i, j] = row * W + col
    return output, indices
