"""There are as many zeros as if the window reached over dilation times kernel_size pixels.

Why it is wrong: the dilation widens the steps between the taps. After the last tap there is no
step any more.
Hint: Draw 4 taps that lie 2 apart. Count from the first tap to the last. How many zeros make up for
that?
"""


def same_padding(kernel_size, dilation=1):
    total = dilation * kernel_size - 1
    return total // 2, total - total // 2
