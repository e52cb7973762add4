"""The cost takes every plane for a square.

Why it is wrong: the height was used for both sides. A plane of 4x5 has 20 pixels, neither 16 nor
25.
Hint: Which answer do you expect for a plane of 1x5, and which do you get?
"""


def conv_cost(in_channels, out_channels, kernel_size, height, width):
    if isinstance(kernel_size, int):
        kernel_size = (kernel_size, kernel_size)
    kernel_height, kernel_width = kernel_size
    return in_channels * out_channels * kernel_height * kernel_width * height**2
