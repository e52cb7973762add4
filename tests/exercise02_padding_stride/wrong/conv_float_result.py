"""The result is a float, not an int.

Why it is wrong: a number of places is a whole number. A true division gives a float even when
nothing is left over.
Hint: Print the type of your result. What is 6 / 2 in Python, and what is 6 // 2?
"""


def conv_output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    if kernel_size < 1 or stride < 1 or dilation < 1 or padding < 0:
        raise ValueError("kernel_size, stride and dilation start at 1, padding at 0")
    window = dilation * (kernel_size - 1) + 1
    if window > size + 2 * padding:
        raise ValueError("kernel_size: the window is longer than the padded line")
    return (size + 2 * padding - window) / stride + 1
