"""The cost takes every kernel for a square.

Why it is wrong: the height was used for both sides. A kernel of 3x5 has 15 weights, neither 9 nor
25.
Hint: Which answer do you expect for a kernel of 1x3, and which do you get?
"""


def conv_cost(in_channels, out_channels, kernel_size, height, width):
    if isinstance(kernel_size, int):
        kernel_size = (kernel_size, kernel_size)
    kernel_height = kernel_size[0]
    return in_channels * out_channels * kernel_height**2 * height * width
