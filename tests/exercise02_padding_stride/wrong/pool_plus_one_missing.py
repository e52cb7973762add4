"""One place of the window is not counted.

Why it is wrong: there is one place more than there are steps: the window stands where it starts,
and again after every step.
Hint: In how many places can a window stand that is exactly as long as the line?
"""

import math


def pool_output_size(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    if padding > kernel_size / 2:
        raise ValueError("padding must be at most half of kernel_size")
    if stride is None:
        stride = kernel_size
    room = size + 2 * padding - dilation * (kernel_size - 1) - 1
    if not ceil_mode:
        return room // stride
    windows = math.ceil(room / stride)
    if windows * stride >= size + padding:
        windows -= 1
    return windows
