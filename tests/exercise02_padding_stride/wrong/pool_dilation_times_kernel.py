"""The dilated window is taken as dilation times kernel_size.

Why it is wrong: the dilation widens the steps between the taps. After the last tap there is no
step any more.
Hint: Draw 3 taps that lie 2 apart. Count from the first tap to the last.
"""

import math


def pool_output_size(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    if padding > kernel_size / 2:
        raise ValueError("padding must be at most half of kernel_size")
    if stride is None:
        stride = kernel_size
    room = size + 2 * padding - dilation * kernel_size
    if not ceil_mode:
        return room // stride + 1
    windows = math.ceil(room / stride) + 1
    if (windows - 1) * stride >= size + padding:
        windows -= 1
    return windows
