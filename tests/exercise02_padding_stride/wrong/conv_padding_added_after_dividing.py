"""The padding is added after dividing by the stride.

Why it is wrong: the window strides over the padding too, so padded pixels make as few new
places as other pixels do.
Hint: With a large stride, how many new places can two more zeros make?
"""


def conv_output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    if kernel_size < 1 or stride < 1 or dilation < 1 or padding < 0:
        raise ValueError("kernel_size, stride and dilation start at 1, padding at 0")
    window = dilation * (kernel_size - 1) + 1
    if window > size + 2 * padding:
        raise ValueError("kernel_size: the window is longer than the padded line")
    return (size - window) // stride + 1 + 2 * padding
