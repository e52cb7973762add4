"""A window exactly as long as the line is rejected.

Why it is wrong: such a window has one place. Only a longer one has none.
Hint: How many places does a window of 5 find in a line of 5?
"""


def conv_output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    if kernel_size < 1 or stride < 1 or dilation < 1 or padding < 0:
        raise ValueError("kernel_size, stride and dilation start at 1, padding at 0")
    window = dilation * (kernel_size - 1) + 1
    if window >= size + 2 * padding:
        raise ValueError("kernel_size: the window is longer than the padded line")
    return (size + 2 * padding - window) // stride + 1
