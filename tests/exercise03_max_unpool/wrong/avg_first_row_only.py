"""Only the first row of windows is looked at in average pooling; the rest stays 0.

Why it is wrong: a return that is indented too far ends both loops after the first turn of the
outer one.
Hint: How many rows of the result has your loop finished when the function returns?
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
                inside_h = min(top + kh, H + ph) - max(top, ph)
                inside_w = min(left + kw, W + pw) - max(left, pw)
                count = inside_h * inside_w
            output[:, :, i, j] = total / count
        return output
