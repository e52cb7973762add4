"""The padding is cut off at one end only.

Why it is wrong: padding counts per side, so twice as many pixels go.
Hint: At how many ends of the line is the padding cut off?
"""


def conv_transpose_output_size(
    size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1
):
    if output_padding >= max(stride, dilation):
        raise ValueError("output_padding must be smaller than stride or dilation")
    window = dilation * (kernel_size - 1) + 1
    return (size - 1) * stride - padding + window + output_padding
