"""With count_include_pad=False, means still count the padding.

Why it is wrong: then a sum is divided by the cells that lie in the image only.
Hint: With count_include_pad=False, what is the mean of a corner of an image of ones?
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
            output[:, :, i, j] = total / count
    return output
