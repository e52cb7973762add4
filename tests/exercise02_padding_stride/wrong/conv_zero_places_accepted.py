"""A window that finds no place is rejected only if the size gets negative.

Why it is wrong: a window that is a little too long has 0 places. That is no size either.
Hint: How many places does a window of 4 find in a line of 3? What does your function do then?
"""


def conv_output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    if kernel_size < 1 or stride < 1 or dilation < 1 or padding < 0:
        raise ValueError("kernel_size, stride and dilation start at 1, padding at 0")
    window = dilation * (kernel_size - 1) + 1
    places = (size + 2 * padding - window) // stride + 1
    if places < 0:
        raise ValueError("kernel_size: the window is longer than the padded line")
    return places
