"""Bad numbers end in an AssertionError instead of a ValueError.

Why it is wrong: assert raises AssertionError, and Python leaves it out when it runs with -O. A
caller who waits for ValueError never sees it.
Hint: Read the Raises part of the docstring once more. Which error does your function raise?
"""


def conv_output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    assert min(kernel_size, stride, dilation) >= 1
    assert padding >= 0
    window = dilation * (kernel_size - 1) + 1
    assert window <= size + 2 * padding
    return (size + 2 * padding - window) // stride + 1
