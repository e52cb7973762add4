"""The padding is ignored.

Why it is wrong: the window slides over the padded line, so every zero makes room for it.
Hint: Draw a line of 4 pixels with padding 1. How many places does a window of 3 find in your
drawing, and how many without the padding?
"""


def conv_output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    if kernel_size < 1 or stride < 1 or dilation < 1 or padding < 0:
        raise ValueError("kernel_size, stride and dilation start at 1, padding at 0")
    window = dilation * (kernel_size - 1) + 1
    if window > size + 2 * padding:
        raise ValueError("kernel_size: the window is longer than the padded line")
    return (size - window) // stride + 1
