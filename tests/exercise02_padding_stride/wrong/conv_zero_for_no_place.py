"""A window that does not fit gets the size 0.

Why it is wrong: the contract asks for a ValueError. A size of 0 goes unnoticed until a later
layer fails.
Hint: A window of 5 in a line of 3: what should happen? Read the Raises part of the docstring once
more.
"""


def conv_output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    if kernel_size < 1 or stride < 1 or dilation < 1 or padding < 0:
        raise ValueError("kernel_size, stride and dilation start at 1, padding at 0")
    window = dilation * (kernel_size - 1) + 1
    return max(0, (size + 2 * padding - window) // stride + 1)
