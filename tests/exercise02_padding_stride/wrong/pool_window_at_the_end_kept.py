"""A window that starts just behind the line is kept.

Why it is wrong: the last pixel has the number size - 1. A window that starts at size begins in
the padding and is dropped.
Hint: The line has 5 pixels. Is the pixel number 5, counted from 0, one of them?
"""

import math


def pool_output_size(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    if padding > kernel_size / 2:
        raise ValueError("padding must be at most half of kernel_size")
    if stride is None:
        stride = kernel_size
    room = size + 2 * padding - dilation * (kernel_size - 1) - 1
    if not ceil_mode:
        return room // stride + 1
    windows = math.ceil(room / stride) + 1
    if (windows - 1) * stride > size + padding:
        windows -= 1
    return windows
