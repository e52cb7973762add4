"""The place where the window starts is divided by the stride as well.

Why it is wrong: the 1 stands for that place. It does not become a fraction when the stride grows.
Hint: Take a window as long as the line and a stride of 2. What does your formula give?
"""

import math


def pool_output_size(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    if padding > kernel_size / 2:
        raise ValueError("padding must be at most half of kernel_size")
    if stride is None:
        stride = kernel_size
    room = size + 2 * padding - dilation * (kernel_size - 1) - 1
    if not ceil_mode:
        return (room + 1) // stride
    windows = math.ceil(room / stride) + 1
    if (windows - 1) * stride >= size + padding:
        windows -= 1
    return windows
