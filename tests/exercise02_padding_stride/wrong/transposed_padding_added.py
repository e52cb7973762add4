"""The padding makes the output longer.

Why it is wrong: a transposed convolution undoes the sizes of a convolution. What padding adds
there is cut off here.
Hint: Does the output grow or shrink when padding grows?
"""


def conv_transpose_output_size(
    size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1
):
    if output_padding >= max(stride, dilation):
        raise ValueError("output_padding must be smaller than stride or dilation")
    window = dilation * (kernel_size - 1) + 1
    return (size - 1) * stride + 2 * padding + window + output_padding
