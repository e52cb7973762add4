"""Max pooling gives rows the padding of columns, and columns that of rows.

Why it is wrong: a pair of paddings says the rows first, but F.pad begins with the last dimension,
the columns.
Hint: Which of the numbers that you pad with are for left and right? Pad a plane of 4x4 by (1, 0):
which shape has it then?
"""

import torch
import torch.nn.functional as F


def _pair(value):
    return value if isinstance(value, tuple) else (value, value)


def max_pool2d(x, kernel_size, stride=None, padding=0):
    kh, kw = _pair(kernel_size)
    sh, sw = (kh, kw) if stride is None else _pair(stride)
    ph, pw = _pair(padding)
    padded = F.pad(x, (ph, ph, pw, pw), value=float("-inf"))
    windows = padded.unfold(2, kh, sh).unfold(3, kw, sw)
    output, place = windows.flatten(4).max(dim=4)
    row = torch.arange(output.shape[2], device=x.device)[:, None] * sh - ph + place // kw
    col = torch.arange(output.shape[3], device=x.device) * sw - pw + place % kw
    return output, row * x.shape[3] + col
