"""Without padding, the line is taken to be two pixels longer than it is.

Why it is wrong: the default of padding is 0. A caller who does not mention it wants a bare line.
Hint: How many places does a window of 5 find in a line of 5, and how many do you count? Look at
the defaults in your signature, and at every + 1 and - 1 of your formula.
"""


def conv_output_size(size, kernel_size, stride=1, padding=1, dilation=1):
    if kernel_size < 1 or stride < 1 or dilation < 1 or padding < 0:
        raise ValueError("kernel_size, stride and dilation start at 1, padding at 0")
    window = dilation * (kernel_size - 1) + 1
    if window > size + 2 * padding:
        raise ValueError("kernel_size: the window is longer than the padded line")
    return (size + 2 * padding - window) // stride + 1
