"""A window that is too long by less than a stride is accepted.

Why it is wrong: a window that is one pixel too long has no place at all. A larger stride
does not change that.
Hint: How many pixels of room are left for size 3 and kernel_size 4? What does your function make of
that at stride 2?
"""


def conv_output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    if kernel_size < 1 or stride < 1 or dilation < 1 or padding < 0:
        raise ValueError("kernel_size, stride and dilation start at 1, padding at 0")
    count = int((size + 2 * padding - dilation * (kernel_size - 1) - 1) / stride) + 1
    if count < 1:
        raise ValueError("kernel_size: the window is longer than the padded line")
    return count
