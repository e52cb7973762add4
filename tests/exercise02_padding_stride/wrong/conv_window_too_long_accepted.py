"""A window that does not fit gets a size all the same.

Why it is wrong: a window longer than the padded line has no place at all. A size of 0 or less
is an error that should be told at once.
Hint: What does your function say about a window of 5 in a line of 3?
"""


def conv_output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    if kernel_size < 1 or stride < 1 or dilation < 1 or padding < 0:
        raise ValueError("kernel_size, stride and dilation start at 1, padding at 0")
    window = dilation * (kernel_size - 1) + 1
    return (size + 2 * padding - window) // stride + 1
