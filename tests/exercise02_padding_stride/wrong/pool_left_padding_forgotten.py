"""The last window's start is compared with the bare size.

Why it is wrong: starts are counted from the first padded pixel, so the line ends at size +
padding and not at size. Here a good window is dropped.
Hint: You count the start of the last window from some pixel. From which? And where does the
line end, counted from there?
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
    if (windows - 1) * stride >= size:
        windows -= 1
    return windows
