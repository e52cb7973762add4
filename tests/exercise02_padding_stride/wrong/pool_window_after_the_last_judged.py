"""With ceil_mode a last window that starts inside the line is dropped.

Why it is wrong: only where the last window starts is asked. The first starts at 0, so the last of
n starts at (n - 1) * stride.
Hint: Which number do you compare with the end of the line: where the last window starts, where it
ends, or where the next one would start?
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
    if windows * stride >= size + padding:
        windows -= 1
    return windows
