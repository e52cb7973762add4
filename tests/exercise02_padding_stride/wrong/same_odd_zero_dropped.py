"""The odd zero is dropped.

Why it is wrong: with a window of even length one zero is left when both sides have got theirs.
Without it the size shrinks by one.
Hint: Add your two numbers. Do they make up for all that the window takes away?
"""


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total // 2
