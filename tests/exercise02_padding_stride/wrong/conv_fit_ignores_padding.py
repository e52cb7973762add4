"""Whether the window fits is judged without the padding.

Why it is wrong: the window slides over the padded line. A window longer than the image may well
fit there.
Hint: Can a window of 3 stand on a line of 2 pixels with a zero on each side?
More specific than: conv-padding-ignored
"""


def conv_output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    if kernel_size < 1 or stride < 1 or dilation < 1 or padding < 0:
        raise ValueError("kernel_size, stride and dilation start at 1, padding at 0")
    window = dilation * (kernel_size - 1) + 1
    if window > size:
        raise ValueError("kernel_size: the window is longer than the padded line")
    return (size + 2 * padding - window) // stride + 1
