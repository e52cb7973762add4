"""The cost leaves out the channels that are written.

Why it is wrong: each output channel has a kernel of its own and slides it over the whole plane.
Hint: What changes when a second output channel is asked for?
"""


def conv_cost(in_channels, out_channels, kernel_size, height, width):
    if isinstance(kernel_size, int):
        kernel_size = (kernel_size, kernel_size)
    kernel_height, kernel_width = kernel_size
    return in_channels * kernel_height * kernel_width * height * width
