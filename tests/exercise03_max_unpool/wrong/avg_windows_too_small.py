"""Windows lack their last row and their last column in average pooling.

Why it is wrong: a slice ends before its second number, and so does a range: neither needs a - 1.
Hint: How many rows has x[0:2]? How many has your window of height 2?
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
            total = padded[:, :, top : top + kh - 1, left : left + kw - 1].sum((2, 3))
            count = kh * kw
            if not count_include_pad:
                inside_h = min(top + kh, H + ph) - max(top, ph)
                inside_w = min(left + kw, W + pw) - max(left, pw)
                count = inside_h * inside_w
            output[:, :, i, j] = total / count
    return output
