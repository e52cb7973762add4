"""Pixels are counted as if the image began where its border begins.

Why it is wrong: a window that starts at row 0 of the padded plane starts at row -1 of the image,
if the padding is 1.
Hint: With a padding of 1, which rows of the padded plane are rows of the image?
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
                inside_h = min(top + kh, H) - max(top, 0)
                inside_w = min(left + kw, W) - max(left, 0)
                count = inside_h * inside_w
            output[:, :, i, j] = total / count
    return output
