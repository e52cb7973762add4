"""The padding is ignored.

Why it is wrong: padding pixels are cut off at both ends of the output.
Hint: Call your function with padding 0 and with padding 1. What should change?
"""


def conv_transpose_output_size(
    size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1
):
    if output_padding >= max(stride, dilation):
        raise ValueError("output_padding must be smaller than stride or dilation")
    window = dilation * (kernel_size - 1) + 1
    return (size - 1) * stride + window + output_padding
