"""The size is divided by the stride, and that is all.

Why it is wrong: that holds only for bare windows that lie side by side. Windows may overlap,
leave gaps, be dilated or see padding.
Hint: A window of 3 and stride 1, without padding: can it start on every pixel of the line?
"""

import math


def pool_output_size(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    if padding > kernel_size / 2:
        raise ValueError("padding must be at most half of kernel_size")
    if stride is None:
        stride = kernel_size
    return math.ceil(size / stride) if ceil_mode else size // stride
