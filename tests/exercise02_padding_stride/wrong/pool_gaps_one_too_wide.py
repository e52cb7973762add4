"""Between two taps one pixel too many is stepped over.

Why it is wrong: with dilation d the taps lie d pixels apart, so that d - 1 pixels lie between two
of them. With dilation 1 they are neighbours.
Hint: Draw a window of 3 with dilation 1. How many pixels lie between two of its taps? And with
dilation 2?
"""

import math


def pool_output_size(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    if padding > kernel_size / 2:
        raise ValueError("padding must be at most half of kernel_size")
    if stride is None:
        stride = kernel_size
    room = size + 2 * padding - dilation * (kernel_size - 1) - kernel_size
    if not ceil_mode:
        return room // stride + 1
    windows = math.ceil(room / stride) + 1
    if (windows - 1) * stride >= size + padding:
        windows -= 1
    return windows
