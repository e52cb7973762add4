"""The place where the window starts is divided by the stride as well.

Why it is wrong: only steps are divided by the stride. The place where the window starts does not
become a fraction when the stride grows.
Hint: Take a window as long as the line and a stride of 2. What does your formula give?
"""


def conv_output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    if kernel_size < 1 or stride < 1 or dilation < 1 or padding < 0:
        raise ValueError("kernel_size, stride and dilation start at 1, padding at 0")
    window = dilation * (kernel_size - 1) + 1
    if window > size + 2 * padding:
        raise ValueError("kernel_size: the window is longer than the padded line")
    return (size + 2 * padding - window + 1) // stride
