"""The cost leaves out the size of the kernel.

Why it is wrong: each pixel of the result multiplies all the weights of a window, not one.
Hint: Does a 5x5 convolution cost as much as a 1x1 in your count?
"""


def conv_cost(in_channels, out_channels, kernel_size, height, width):
    return in_channels * out_channels * height * width
