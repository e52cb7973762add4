"""The division by the stride is rounded to the nearest number.

Why it is wrong: a part of a step is not a step, however large the part is.
Hint: The window has made two steps and has room for nine tenths of a third. Where does it
stand?
"""


def conv_output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    if kernel_size < 1 or stride < 1 or dilation < 1 or padding < 0:
        raise ValueError("kernel_size, stride and dilation start at 1, padding at 0")
    window = dilation * (kernel_size - 1) + 1
    if window > size + 2 * padding:
        raise ValueError("kernel_size: the window is longer than the padded line")
    return round((size + 2 * padding - window) / stride) + 1
