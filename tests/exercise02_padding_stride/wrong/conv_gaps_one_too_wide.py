"""Between two taps one pixel too many is stepped over.

Why it is wrong: with dilation d the taps lie d pixels apart, so that d - 1 pixels lie between two
of them. With dilation 1 they are neighbours.
Hint: Draw a window of 3 with dilation 1. How many pixels lie between two of its taps? And with
dilation 2?
"""


def conv_output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    if kernel_size < 1 or stride < 1 or dilation < 1 or padding < 0:
        raise ValueError("kernel_size, stride and dilation start at 1, padding at 0")
    window = kernel_size + dilation * (kernel_size - 1)
    if kernel_size > size + 2 * padding:
        raise ValueError("kernel_size: the window is longer than the padded line")
    return (size + 2 * padding - window) // stride + 1
