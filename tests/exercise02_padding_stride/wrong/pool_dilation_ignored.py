"""The dilation is ignored.

Why it is wrong: a pooling window can be dilated as well. Its taps are spread, and it fits in
fewer places.
Hint: How many pixels does a window of 3 reach over when its taps lie 2 apart?
"""

import math


def pool_output_size(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    if padding > kernel_size / 2:
        raise ValueError("padding must be at most half of kernel_size")
    if stride is None:
        stride = kernel_size
    room = size + 2 * padding - kernel_size
    if not ceil_mode:
        return room // stride + 1
    windows = math.ceil(room / stride) + 1
    if (windows - 1) * stride >= size + padding:
        windows -= 1
    return windows
