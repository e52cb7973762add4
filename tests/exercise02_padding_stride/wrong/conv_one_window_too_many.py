"""One pixel too much is left for the window to travel.

Why it is wrong: a window of k pixels covers the pixels 0 to k - 1 in its first place. It can
travel by size - k, not by size - k + 1.
Hint: A window of 3 in a line of 4: where does it start the last time? Count the places on
paper.
"""


def conv_output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    if kernel_size < 1 or stride < 1 or dilation < 1 or padding < 0:
        raise ValueError("kernel_size, stride and dilation start at 1, padding at 0")
    window = dilation * (kernel_size - 1) + 1
    if window > size + 2 * padding:
        raise ValueError("kernel_size: the window is longer than the padded line")
    return (size + 2 * padding - window + 1) // stride + 1
