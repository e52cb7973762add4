"""ceil_mode only rounds up, and no window is dropped.

Why it is wrong: the last window may lie in the padding after the line alone, where there is no
pixel to take the maximum of. Such a window is dropped.
Hint: Where does the last window start? Is there still a pixel of the line after that?
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
    return windows
