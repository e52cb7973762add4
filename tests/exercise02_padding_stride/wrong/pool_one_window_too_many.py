"""One pixel too much is left for the window to travel.

Why it is wrong: a window of k pixels covers the pixels 0 to k - 1 in its first place. It can
travel by size - k, not by size - k + 1.
Hint: A window of 3 and stride 1 in a line of 4: where does it start the last time? Count the
places on paper.
"""

import math


def pool_output_size(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    if padding > kernel_size / 2:
        raise ValueError("padding must be at most half of kernel_size")
    if stride is None:
        stride = kernel_size
    room = size + 2 * padding - dilation * (kernel_size - 1)
    if not ceil_mode:
        return room // stride + 1
    windows = math.ceil(room / stride) + 1
    if (windows - 1) * stride >= size + padding:
        windows -= 1
    return windows
