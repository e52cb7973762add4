"""The cost counts the bias as one more weight.

Why it is wrong: the bias is added, not multiplied.
Hint: Work out a 1x1 kernel with one channel on a single pixel. How many products are there?
"""


def conv_cost(in_channels, out_channels, kernel_size, height, width):
    if isinstance(kernel_size, int):
        kernel_size = (kernel_size, kernel_size)
    kernel_height, kernel_width = kernel_size
    weights = in_channels * kernel_height * kernel_width + 1
    return out_channels * weights * height * width
