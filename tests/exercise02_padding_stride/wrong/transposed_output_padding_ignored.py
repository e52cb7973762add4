"""output_padding is ignored.

Why it is wrong: it lengthens the output at the far end.
Hint: Which two calls in the docstring differ in output_padding only? What do they return?
"""


def conv_transpose_output_size(
    size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1
):
    if output_padding >= max(stride, dilation):
        raise ValueError("output_padding must be smaller than stride or dilation")
    window = dilation * (kernel_size - 1) + 1
    return (size - 1) * stride - 2 * padding + window
