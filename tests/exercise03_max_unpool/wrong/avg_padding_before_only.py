"""The padding below and on the right has no effect in average pooling.

Why it is wrong: the padding is what each side receives, below and to the right as well, and
windows reach into it there too.
Hint: How many rows does a plane of 5 rows have after a padding of 1? In which of them does your
last window end?
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
    padded = F.pad(x, (pw, 0, ph, 0))
    rows = (H + ph - kh) // sh + 1
    cols = (W + pw - kw) // sw + 1
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
