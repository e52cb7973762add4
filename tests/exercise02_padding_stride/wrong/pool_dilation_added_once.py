"""The dilation widens only one of the gaps between the taps.

Why it is wrong: every gap between two neighbouring taps is widened, and there are kernel_size - 1
of them.
Hint: How many gaps are there between 4 taps? Which of them does the dilation widen?
"""

import math


def pool_output_size(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    if padding > kernel_size / 2:
        raise ValueError("padding must be at most half of kernel_size")
    if stride is None:
        stride = kernel_size
    room = size + 2 * padding - (kernel_size + dilation - 1)
    if not ceil_mode:
        return room // stride + 1
    windows = math.ceil(room / stride) + 1
    if (windows - 1) * stride >= size + padding:
        windows -= 1
    return windows
