"""The last row and the last column of windows are missing in average pooling.

Why it is wrong: the first window is there before anything is moved, so there is one more window
than there are steps.
Hint: How many windows of 2 fit side by side into 4 pixels? How many does your formula or your
range give?
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
    rows = (H + 2 * ph - kh) // sh
    cols = (W + 2 * pw - kw) // sw
    output = torch.zeros(N, C, rows, cols, dtype=x.dtype, device=x.device)
    for i in range(rows):
        for j in range(cols):
            top, left = i * sh, j * sw
            total = padded[:, :, top : top + kh, left : left + kw].sum((2, 3))
            count = kh * kw
            if not count_include_pad:
                inside_h = min(top + kh, H + ph) - max(top, ph)
                inside_w = min(left + kw, W + pw) - max(left, pw)
                count = inside_h * inside_w
            output[:, :, i, j] = total / count
    return output
