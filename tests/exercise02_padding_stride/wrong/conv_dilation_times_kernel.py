"""The dilated window is taken as dilation times kernel_size.

Why it is wrong: the dilation widens the steps between the taps. After the last tap there is no
step any more.
Hint: Draw 3 taps that lie 2 apart. Count from the first tap to the last.
"""


def conv_output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    if kernel_size < 1 or stride < 1 or dilation < 1 or padding < 0:
        raise ValueError("kernel_size, stride and dilation start at 1, padding at 0")
    window = dilation * kernel_size
    if window > size + 2 * padding:
        raise ValueError("kernel_size: the window is longer than the padded line")
    return (size + 2 * padding - window) // stride + 1
