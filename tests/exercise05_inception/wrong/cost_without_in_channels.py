"""The cost leaves out the channels that are read.

Why it is wrong: a kernel has a layer of weights for each input channel, and all of them are
multiplied for one number of the result.
Hint: One pixel of the result looks at how many input channels?
"""


def conv_cost(in_channels, out_channels, kernel_size, height, width):
    if isinstance(kernel_size, int):
        kernel_size = (kernel_size, kernel_size)
    kernel_height, kernel_width = kernel_size
    return out_channels * kernel_height * kernel_width * height * width
