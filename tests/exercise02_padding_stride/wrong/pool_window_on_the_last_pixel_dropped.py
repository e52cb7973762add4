"""A last window that starts on the very last pixel of the line is dropped.

Why it is wrong: it starts inside the line, so it is kept, even if it sees that one pixel only.
Hint: 5 pixels, windows of 2, ceil_mode: on which pixel does the third window start? Is that still
in the line?
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
    if (windows - 1) * stride >= size + padding - 1:
        windows -= 1
    return windows
