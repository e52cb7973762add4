"""The cost is that of a convolution without padding.

Why it is wrong: this convolution keeps the height and width of the plane, so every pixel is the
centre of a window and none is left out.
Hint: How many pixels does the result have when height and width are kept?
"""


def conv_cost(in_channels, out_channels, kernel_size, height, width):
    if isinstance(kernel_size, int):
        kernel_size = (kernel_size, kernel_size)
    kernel_height, kernel_width = kernel_size
    rows = height - kernel_height + 1
    columns = width - kernel_width + 1
    return in_channels * out_channels * kernel_height * kernel_width * rows * columns
