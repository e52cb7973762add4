"""Whether the window fits is judged without its dilation.

Why it is wrong: a window may fit while its taps lie side by side, and be too long once they are
spread.
Hint: Which length do you compare with the line: the number of taps, or how far they reach?
More specific than: conv-window-too-long-accepted
"""


def conv_output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    if kernel_size < 1 or stride < 1 or dilation < 1 or padding < 0:
        raise ValueError("kernel_size, stride and dilation start at 1, padding at 0")
    window = dilation * (kernel_size - 1) + 1
    if kernel_size > size + 2 * padding:
        raise ValueError("kernel_size: the window is longer than the padded line")
    return (size + 2 * padding - window) // stride + 1
