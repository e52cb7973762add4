"""The dilated window is taken as dilation times kernel_size.

Why it is wrong: the dilation widens the steps between the taps. After the last tap there is no
step any more.
Hint: Draw 3 taps that lie 2 apart. Count from the first tap to the last.
"""


def same_padding(kernel_size, dilation=1):
    total = dilation * kernel_size - 1
    return total // 2, total - total // 2
