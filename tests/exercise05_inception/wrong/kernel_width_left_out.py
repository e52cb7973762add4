"""The cost counts one side of the kernel.

Why it is wrong: a kernel is a rectangle of weights: its height and its width both count.
Hint: How many weights are there in a kernel of 3x5?
"""


def conv_cost(in_channels, out_channels, kernel_size, height, width):
    if isinstance(kernel_size, int):
        kernel_size = (kernel_size, kernel_size)
    kernel_height = kernel_size[0]
    return in_channels * out_channels * kernel_height * height * width
