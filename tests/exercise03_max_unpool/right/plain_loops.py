"""Loops over every plane and every window, as one would do it with a pencil."""

import math

import torch
from torch import nn


def _two(value):
    return value if isinstance(value, tuple) else (value, value)


def _places(x, kernel_size, stride, padding):
    """For each window the rows and columns of its cells, the ones outside of x included."""
    height, width = x.shape[2], x.shape[3]
    kernel_h, kernel_w = _two(kernel_size)
    stride_h, stride_w = (kernel_h, kernel_w) if stride is None else _two(stride)
    pad_h, pad_w = _two(padding)
    windows = []
    for top in range(-pad_h, height + pad_h - kernel_h + 1, stride_h):
        windows.append([])
        for left in range(-pad_w, width + pad_w - kernel_w + 1, stride_w):
            cells = [(top + i, left + j) for i in range(kernel_h) for j in range(kernel_w)]
            windows[-1].append([(r, c) for r, c in cells if 0 <= r < height and 0 <= c < width])
    return windows


def max_pool2d(x, kernel_size, stride=None, padding=0):
    windows = _places(x, kernel_size, stride, padding)
    shape = (x.shape[0], x.shape[1], len(windows), len(windows[0]))
    output = torch.zeros(shape, dtype=x.dtype, device=x.device)
    indices = torch.zeros(shape, dtype=torch.int64, device=x.device)
    for n in range(shape[0]):
        for ch in range(shape[1]):
            plane = x[n, ch].tolist()
            for i, row in enumerate(windows):
                for j, cells in enumerate(row):
                    best, where = -math.inf, cells[0]
                    for r, c in cells:
                        if plane[r][c] > best:
                            best, where = plane[r][c], (r, c)
                    output[n, ch, i, j] = x[n, ch, where[0], where[1]]
                    indices[n, ch, i, j] = where[0] * x.shape[3] + where[1]
    return output, indices


def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    windows = _places(x, kernel_size, stride, padding)
    kernel_h, kernel_w = _two(kernel_size)
    planes = []
    for plane in x.reshape(-1, x.shape[2], x.shape[3]):
        for row in windows:
            for cells in row:
                total = sum(plane[r, c] for r, c in cells)
                planes.append(total / (kernel_h * kernel_w if count_include_pad else len(cells)))
    return torch.stack(planes).reshape(x.shape[0], x.shape[1], len(windows), len(windows[0]))


class MaxUnpool2d(nn.Module):
    def __init__(self, kernel_size, stride=None, padding=0):
        super().__init__()
        self.kernel = _two(kernel_size)
        self.stride = self.kernel if stride is None else _two(stride)
        self.padding = _two(padding)

    def forward(self, x, indices, output_size=None):
        size = []
        for d in (0, 1):
            usual = (x.shape[2 + d] - 1) * self.stride[d] - 2 * self.padding[d] + self.kernel[d]
            wanted = usual if output_size is None else output_size[len(output_size) - 2 + d]
            if wanted <= usual - self.stride[d] or wanted >= usual + self.stride[d]:
                raise ValueError(f"output_size {wanted} is too far from {usual}")
            size.append(wanted)
        height, width = size
        out = torch.zeros(x.shape[0], x.shape[1], height, width, dtype=x.dtype, device=x.device)
        for n in range(x.shape[0]):
            for ch in range(x.shape[1]):
                for i in range(x.shape[2]):
                    for j in range(x.shape[3]):
                        place = int(indices[n, ch, i, j])
                        if not 0 <= place < height * width:
                            raise ValueError(f"indices: {place} is outside of the plane")
                        out[n, ch, place // width, place % width] = x[n, ch, i, j]
        return out
