"""The cost counts the additions as well.

Why it is wrong: only multiplications are asked for. Counting each multiplication together with an
addition gives twice the number.
Hint: Work out a 1x1 kernel with one channel on a single pixel. How many products are there?
"""


def conv_cost(in_channels, out_channels, kernel_size, height, width):
    if isinstance(kernel_size, int):
        kernel_size = (kernel_size, kernel_size)
    kernel_height, kernel_width = kernel_size
    products = in_channels * out_channels * kernel_height * kernel_width * height * width
    return 2 * products
