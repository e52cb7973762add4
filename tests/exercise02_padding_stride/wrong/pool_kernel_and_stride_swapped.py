"""kernel_size and stride have changed places.

Why it is wrong: the window's length decides how much room is left, the stride how the room is
cut into steps.
Hint: Read the signature: which number comes first? Which of the two belongs under the fraction
bar?
"""

import math


def pool_output_size(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    if padding > kernel_size / 2:
        raise ValueError("padding must be at most half of kernel_size")
    if stride is None:
        stride = kernel_size
    stride, kernel_size = kernel_size, stride
    room = size + 2 * padding - dilation * (kernel_size - 1) - 1
    if not ceil_mode:
        return room // stride + 1
    windows = math.ceil(room / stride) + 1
    if (windows - 1) * stride >= size + padding:
        windows -= 1
    return windows
