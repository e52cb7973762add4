"""One slice of the whole image for each cell of the window, and a running winner."""

import torch
import torch.nn as nn
from torch.nn.functional import pad as add_border


def as_pair(v):
    return tuple(v) if isinstance(v, (tuple, list)) else (v,) * 2


def shifted(x, kernel_size, stride, padding, value):
    """Yield (i, j, what cell (i, j) of each window sees)."""
    k = as_pair(kernel_size)
    s = k if stride is None else as_pair(stride)
    p = as_pair(padding)
    x = add_border(x, [p[1], p[1], p[0], p[0]], "constant", value)
    rows = (x.size(2) - k[0]) // s[0] + 1
    cols = (x.size(3) - k[1]) // s[1] + 1
    for i in range(k[0]):
        for j in range(k[1]):
            seen = x[:, :, i : i + s[0] * rows : s[0], j : j + s[1] * cols : s[1]]
            yield i, j, seen


def max_pool2d(x, kernel_size, stride=None, padding=0):
    best = None
    s = as_pair(kernel_size if stride is None else stride)
    p = as_pair(padding)
    for i, j, seen in shifted(x, kernel_size, stride, padding, -torch.inf):
        row = torch.arange(seen.shape[2], device=x.device) * s[0] - p[0] + i
        col = torch.arange(seen.shape[3], device=x.device) * s[1] - p[1] + j
        place = (row.unsqueeze(1) * x.shape[3] + col).expand(seen.shape)
        if best is None:
            best, where = seen, place
        else:
            larger = seen > best  # strictly: an equal number that comes later does not win
            best, where = torch.where(larger, seen, best), torch.where(larger, place, where)
    return best.clone(), where.clone()


def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    total = sum(seen for _, _, seen in shifted(x, kernel_size, stride, padding, 0.0))
    if count_include_pad:
        height, width = as_pair(kernel_size)
        return total / (height * width)
    inside = x.new_ones(1, 1, *x.shape[2:])
    return total / sum(seen for _, _, seen in shifted(inside, kernel_size, stride, padding, 0.0))


class MaxUnpool2d(nn.Module):
    def __init__(self, kernel_size, stride=None, padding=0):
        super().__init__()
        self.args = as_pair(kernel_size), as_pair(stride or kernel_size), as_pair(padding)

    def extra_repr(self):
        return "kernel_size={}, stride={}, padding={}".format(*self.args)

    def forward(self, x, indices, output_size=None):
        n, c, h, w = x.shape
        k, s, p = self.args
        size = ((h - 1) * s[0] - 2 * p[0] + k[0], (w - 1) * s[1] - 2 * p[1] + k[1])
        if output_size is not None:
            wanted = tuple(output_size)[-2:]
            if not all(abs(a - b) < step for a, b, step in zip(wanted, size, s)):
                raise ValueError(f"output_size is too far from {size}")
            size = wanted
        area = size[0] * size[1]
        if int(indices.max()) >= area or int(indices.min()) < 0:
            raise ValueError("indices must lie in the plane")
        # One long row for all planes, so every plane starts at a multiple of its area.
        start = torch.arange(n * c, device=x.device).mul(area).reshape(n, c, 1, 1)
        row = torch.zeros(n * c * area, dtype=x.dtype, device=x.device)
        row = row.index_put(((indices + start).reshape(-1),), x.reshape(-1))
        return row.reshape(n, c, *size)
