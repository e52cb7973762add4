"""The padding is ignored.

Why it is wrong: the window slides over the padded line, so every padded pixel makes room for it.
Hint: Draw a line of 5 pixels with padding 1. How many cells can your window slide over?
"""

import math


def pool_output_size(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    if padding > kernel_size / 2:
        raise ValueError("padding must be at most half of kernel_size")
    if stride is None:
        stride = kernel_size
    room = size - dilation * (kernel_size - 1) - 1
    if not ceil_mode:
        return room // stride + 1
    windows = math.ceil(room / stride) + 1
    if (windows - 1) * stride >= size:
        windows -= 1
    return windows
