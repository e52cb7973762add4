"""The output is one pixel short.

Why it is wrong: dilation * (kernel_size - 1) is the way from the first tap to the last.
Counting pixels, the first one comes on top.
Hint: One input pixel, a kernel of 3, stride 1: how many output pixels does the stamp cover?
"""


def conv_transpose_output_size(
    size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1
):
    if output_padding >= max(stride, dilation):
        raise ValueError("output_padding must be smaller than stride or dilation")
    window = dilation * (kernel_size - 1)
    return (size - 1) * stride - 2 * padding + window + output_padding
