"""Padding of more than half the window is accepted.

Why it is wrong: with so much padding a window could hold padding only, and padding has no
maximum.
Hint: A window of 3 with a padding of 3: what does the first window see?
"""

import math


def pool_output_size(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    if stride is None:
        stride = kernel_size
    room = size + 2 * padding - dilation * (kernel_size - 1) - 1
    if not ceil_mode:
        return room // stride + 1
    windows = math.ceil(room / stride) + 1
    if (windows - 1) * stride >= size + padding:
        windows -= 1
    return windows
