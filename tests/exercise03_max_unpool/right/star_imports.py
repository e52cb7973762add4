"""Everything imported by star; rows first, then columns; unpooling asks who came last."""

import builtins

from torch import *
from torch.nn import *

# torch has functions of these names too, and the star has brought them.
abs, max, range = builtins.abs, builtins.max, builtins.range


def two(value):
    return value if isinstance(value, tuple) else (value, value)


def starts(size, kernel, stride, padding):
    return range(-padding, size + padding - kernel + 1, stride)


def cover(size, kernel, stride, padding):
    """Which pixels does each window see, along one direction? (windows, size), True or False."""
    return [
        [start <= pixel < start + kernel for pixel in range(size)]
        for start in starts(size, kernel, stride, padding)
    ]


def covers(x, kernel_size, stride, padding):
    kernel, padding = two(kernel_size), two(padding)
    stride = kernel if stride is None else two(stride)
    along = [cover(x.shape[2 + d], kernel[d], stride[d], padding[d]) for d in (0, 1)]
    return [tensor(a, device=x.device) for a in along]


def max_pool2d(x, kernel_size, stride=None, padding=0):
    rows, cols = covers(x, kernel_size, stride, padding)
    # (H', W', H, W): does window (h, w) see pixel (i, j)?
    sees = rows[:, None, :, None] & cols[None, :, None, :]
    everything = x[:, :, None, None].expand(-1, -1, *sees.shape)
    hidden = everything.masked_fill(~sees, -inf).flatten(-2)
    indices = hidden.argmax(dim=-1)
    return gather(hidden, -1, indices[..., None])[..., 0], indices


def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    rows, cols = (along.to(x.dtype) for along in covers(x, kernel_size, stride, padding))
    total = einsum("hi,ncij,wj->nchw", rows, x, cols)
    if count_include_pad:
        height, width = two(kernel_size)
        return total / (height * width)
    return total / outer(rows.sum(1), cols.sum(1))


class MaxUnpool2d(Module):
    def __init__(self, kernel_size, stride=None, padding=0):
        Module.__init__(self)
        self.window = [
            two(kernel_size),
            two(kernel_size if stride is None else stride),
            two(padding),
        ]

    def forward(self, x, indices, output_size=None):
        usual = tuple((n - 1) * s - 2 * p + k for n, k, s, p in zip(x.shape[2:], *self.window))
        height, width = usual if output_size is None else output_size[-2:]
        if (
            max(
                abs(height - usual[0]) - self.window[1][0],
                abs(width - usual[1]) - self.window[1][1],
            )
            >= 0
        ):
            raise ValueError(f"output_size: expected about {usual}")
        places = arange(height * width, device=x.device)
        hits = indices.flatten(2)[..., None] == places  # (N, C, h * w, H * W)
        if not hits.any(-1).all():
            raise ValueError("indices: one of them is in no plane")
        who = hits.to(uint8).argmax(2)  # the number that comes to each pixel, if any does
        planes = where(hits.any(2), x.flatten(2).gather(2, who), zeros_like(x[0, 0, 0, 0]))
        return planes.reshape(*x.shape[:2], height, width)
