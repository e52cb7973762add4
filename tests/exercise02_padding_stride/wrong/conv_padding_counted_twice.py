"""The padding is counted twice at each end.

Why it is wrong: one dimension has two ends, and each gets the padding once. Here the line is
lengthened, and then lengthened again.
Hint: Draw a line of 4 pixels with padding 1. How many cells does your drawing have, and how many
does your formula count?
"""


def conv_output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    if kernel_size < 1 or stride < 1 or dilation < 1 or padding < 0:
        raise ValueError("kernel_size, stride and dilation start at 1, padding at 0")
    window = dilation * (kernel_size - 1) + 1
    padded = size + 2 * padding
    if window > size + 2 * padding:
        raise ValueError("kernel_size: the window is longer than the padded line")
    return (padded + 2 * padding - window) // stride + 1
