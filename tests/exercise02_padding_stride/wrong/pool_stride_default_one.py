"""Without a stride the pooling window moves by one pixel.

Why it is wrong: a pooling window steps by its own size when no stride is given. That is how
pooling makes a plane smaller.
Hint: Look up the default of stride in nn.MaxPool2d. Is it the one of nn.Conv2d?
"""

import math


def pool_output_size(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    if padding > kernel_size / 2:
        raise ValueError("padding must be at most half of kernel_size")
    if stride is None:
        stride = 1
    room = size + 2 * padding - dilation * (kernel_size - 1) - 1
    if not ceil_mode:
        return room // stride + 1
    windows = math.ceil(room / stride) + 1
    if (windows - 1) * stride >= size + padding:
        windows -= 1
    return windows
