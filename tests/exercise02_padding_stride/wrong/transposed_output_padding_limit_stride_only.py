"""A dilation larger than the stride makes no room for output_padding.

Why it is wrong: it must be smaller than the larger of stride and dilation. A large dilation
allows it as well.
Hint: Read the Raises part once more, with stride 1 and dilation 3. Which output_padding is allowed?
"""


def conv_transpose_output_size(
    size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1
):
    if output_padding >= stride:
        raise ValueError("output_padding must be smaller than stride or dilation")
    window = dilation * (kernel_size - 1) + 1
    return (size - 1) * stride - 2 * padding + window + output_padding
