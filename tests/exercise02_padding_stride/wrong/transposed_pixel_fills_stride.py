"""A kernel of one pixel fills its whole stride.

Why it is wrong: each pixel of the input stamps one pixel, a stride apart. Behind the last one no
zeros follow: (size - 1) * stride + 1.
Hint: Draw 4 stamps of one pixel, 2 apart. How far is it from the first to the last?
"""


def conv_transpose_output_size(
    size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1
):
    if output_padding >= max(stride, dilation):
        raise ValueError("output_padding must be smaller than stride or dilation")
    if kernel_size == 1:
        return size * stride - 2 * padding + output_padding
    return (size - 1) * stride - 2 * padding + dilation * (kernel_size - 1) + output_padding + 1
