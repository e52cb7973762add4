"""The size is divided by the stride, and that is all.

Why it is wrong: that holds only when the padding makes up exactly for what the window takes
away.
Hint: Try a window of 3 without any padding at stride 1. Can it stand on every pixel?
"""


def conv_output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    if kernel_size < 1 or stride < 1 or dilation < 1 or padding < 0:
        raise ValueError("kernel_size, stride and dilation start at 1, padding at 0")
    window = dilation * (kernel_size - 1) + 1
    if window > size + 2 * padding:
        raise ValueError("kernel_size: the window is longer than the padded line")
    return size // stride
