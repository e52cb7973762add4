"""The cost counts the weights, not the multiplications.

Why it is wrong: each weight is used again at every pixel of the plane, and each use is a
multiplication.
Hint: Does your count change when the image grows? Should it?
"""


def conv_cost(in_channels, out_channels, kernel_size, height, width):
    if isinstance(kernel_size, int):
        kernel_size = (kernel_size, kernel_size)
    kernel_height, kernel_width = kernel_size
    return in_channels * out_channels * kernel_height * kernel_width
