"""A window that starts in the padding on the right is kept.

Why it is wrong: such a window would hold padding only. A last window must start inside the line
or in the padding on the left.
Hint: What would be the largest pixel of a window that holds nothing but padding?
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
    if (windows - 1) * stride >= size + 2 * padding:
        windows -= 1
    return windows
