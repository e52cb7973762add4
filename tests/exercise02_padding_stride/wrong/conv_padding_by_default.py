"""Without a word about padding, one pixel is added at each end.

Why it is wrong: the default of padding is 0. A caller who does not mention it wants a bare line.
Hint: Which number does padding have when nobody gives one? Look at the signature in the task.
"""


def conv_output_size(size, kernel_size, stride=1, padding=1, dilation=1):
    if kernel_size < 1 or stride < 1 or dilation < 1 or padding < 0:
        raise ValueError("kernel_size, stride and dilation start at 1, padding at 0")
    window = dilation * (kernel_size - 1) + 1
    if window > size + 2 * padding:
        raise ValueError("kernel_size: the window is longer than the padded line")
    return (size + 2 * padding - window) // stride + 1
