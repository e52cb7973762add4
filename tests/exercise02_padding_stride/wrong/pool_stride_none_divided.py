"""None, the default of stride, is used in the arithmetic.

Why it is wrong: None is no number. It says that the caller has given no stride, and pooling then
has one of its own.
Hint: What is the value of stride in pool_output_size(8, 2)? Which number does the docstring put
in its place?
"""

import math


def pool_output_size(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    if padding > kernel_size / 2:
        raise ValueError("padding must be at most half of kernel_size")
    room = size + 2 * padding - dilation * (kernel_size - 1) - 1
    if not ceil_mode:
        return math.floor(room / stride) + 1
    windows = math.ceil(room / stride) + 1
    if (windows - 1) * stride >= size + padding:
        windows -= 1
    return windows
