"""The division by the stride is rounded up.

Why it is wrong: rounding up counts a last window that hangs over the end. A convolution has no
such window.
Hint: When a few pixels are left at the end, may the window hang over the edge?
"""


def conv_output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    if kernel_size < 1 or stride < 1 or dilation < 1 or padding < 0:
        raise ValueError("kernel_size, stride and dilation start at 1, padding at 0")
    window = dilation * (kernel_size - 1) + 1
    if window > size + 2 * padding:
        raise ValueError("kernel_size: the window is longer than the padded line")
    return -(-(size + 2 * padding - window) // stride) + 1
