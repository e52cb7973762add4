"""The cost counts one side of the plane.

Why it is wrong: the kernel visits every pixel: height times width places.
Hint: How many pixels are there in a plane of 4x5?
"""


def conv_cost(in_channels, out_channels, kernel_size, height, width):
    if isinstance(kernel_size, int):
        kernel_size = (kernel_size, kernel_size)
    kernel_height, kernel_width = kernel_size
    return in_channels * out_channels * kernel_height * kernel_width * height
