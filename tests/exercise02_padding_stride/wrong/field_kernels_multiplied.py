"""The window lengths are multiplied.

Why it is wrong: the windows of neighbouring pixels overlap. A second window of 3 adds two
pixels, it does not triple the view.
Hint: Draw two layers of 3, one above the other. How many input pixels lie under the top?
"""

import math


def receptive_field(layers):
    return math.prod(dilation * (kernel_size - 1) + 1 for kernel_size, _, dilation in layers)
