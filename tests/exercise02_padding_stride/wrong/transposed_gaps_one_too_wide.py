"""Between two taps one pixel too many is stepped over.

Why it is wrong: with dilation d the taps lie d pixels apart, so that d - 1 pixels lie between two
of them. With dilation 1 they are neighbours.
Hint: Draw a window of 3 with dilation 1. How many pixels lie between two of its taps? And with
dilation 2?
"""


def conv_transpose_output_size(
    size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1
):
    if output_padding >= max(stride, dilation):
        raise ValueError("output_padding must be smaller than stride or dilation")
    window = kernel_size + dilation * (kernel_size - 1)
    return (size - 1) * stride - 2 * padding + window + output_padding
