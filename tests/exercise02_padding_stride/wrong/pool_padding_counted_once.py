"""The padding is counted on one side only.

Why it is wrong: padding is a number of pixels per side, so the line grows by twice that number.
Hint: Draw a line of 5 pixels with padding 1. How many cells does your drawing have?
"""

import math


def pool_output_size(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    if padding > kernel_size / 2:
        raise ValueError("padding must be at most half of kernel_size")
    if stride is None:
        stride = kernel_size
    room = size + padding - dilation * (kernel_size - 1) - 1
    if not ceil_mode:
        return room // stride + 1
    windows = math.ceil(room / stride) + 1
    if (windows - 1) * stride >= size + padding:
        windows -= 1
    return windows
