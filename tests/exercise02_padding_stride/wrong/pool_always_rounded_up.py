"""Without ceil_mode, a part of a step is counted as a step.

Why it is wrong: without ceil_mode a window that hangs over the end does not count, as in a
convolution.
Hint: What should ceil_mode=False do with a pixel that is left over?
"""

import math


def pool_output_size(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    if padding > kernel_size / 2:
        raise ValueError("padding must be at most half of kernel_size")
    if stride is None:
        stride = kernel_size
    room = size + 2 * padding - dilation * (kernel_size - 1) - 1
    windows = math.ceil(room / stride) + 1
    if (windows - 1) * stride >= size + padding:
        windows -= 1
    return windows
