"""The padding is counted on one side only.

Why it is wrong: padding is a number of zeros per side, so the line grows by twice that number.
Hint: Draw a line of 4 pixels with padding 1. How many cells does your drawing have?
"""


def conv_output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    if kernel_size < 1 or stride < 1 or dilation < 1 or padding < 0:
        raise ValueError("kernel_size, stride and dilation start at 1, padding at 0")
    window = dilation * (kernel_size - 1) + 1
    if window > size + 2 * padding:
        raise ValueError("kernel_size: the window is longer than the padded line")
    return (size + padding - window) // stride + 1
