"""The dilation is ignored.

Why it is wrong: dilation spreads the taps of the window, so that it reaches further and fits in
fewer places.
Hint: How many pixels does a window of 3 reach over when its taps lie 2 apart?
"""


def conv_output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    if kernel_size < 1 or stride < 1 or dilation < 1 or padding < 0:
        raise ValueError("kernel_size, stride and dilation start at 1, padding at 0")
    window = kernel_size
    if window > size + 2 * padding:
        raise ValueError("kernel_size: the window is longer than the padded line")
    return (size + 2 * padding - window) // stride + 1
