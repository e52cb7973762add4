"""The dilation is ignored.

Why it is wrong: a dilated window takes away more pixels, so that more zeros are needed.
Hint: How wide is the dilated window, end to end?
"""


def same_padding(kernel_size, dilation=1):
    total = kernel_size - 1
    return total // 2, total - total // 2
