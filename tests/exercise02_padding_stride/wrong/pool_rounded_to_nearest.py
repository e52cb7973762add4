"""Without ceil_mode, a part of a step counts if it is more than half a step.

Why it is wrong: a part of a step is not a step, however large the part is. Only ceil_mode counts
it.
Hint: Windows of 3 with stride 4 on 10 pixels: on which pixels do they start? What do you make of
the 7 / 4?
"""

import math


def pool_output_size(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    if padding > kernel_size / 2:
        raise ValueError("padding must be at most half of kernel_size")
    if stride is None:
        stride = kernel_size
    room = size + 2 * padding - dilation * (kernel_size - 1) - 1
    if not ceil_mode:
        return math.ceil(room / stride - 0.5) + 1
    windows = math.ceil(room / stride) + 1
    if (windows - 1) * stride >= size + padding:
        windows -= 1
    return windows
