"""Average pooling gives rows the padding of columns, and columns that of rows.

Why it is wrong: a pair of paddings says the rows first, but F.pad begins with the last dimension,
the columns.
Hint: Which of the numbers that you pad with are for left and right? Pad a plane of 4x4 by (1, 0):
which shape has it then?
"""

import torch
import torch.nn.functional as F


def _pair(value):
    return value if isinstance(value, tuple) else (value, value)


def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    kh, kw = _pair(kernel_size)
    sh, sw = (kh, kw) if stride is None else _pair(stride)
    ph, pw = _pair(padding)
    border = (ph, ph, pw, pw)
    total = F.pad(x, border).unfold(2, kh, sh).unfold(3, kw, sw).sum((4, 5))
    cells = F.pad(torch.ones_like(x), border, value=float(count_include_pad))
    return total / cells.unfold(2, kh, sh).unfold(3, kw, sw).sum((4, 5))
