"""The size of an ordinary convolution is computed.

Why it is wrong: a transposed convolution goes the other way: a stride of 2 about doubles the
size instead of halving it.
Hint: With stride 2, should 3 pixels become more or fewer?
"""


def conv_transpose_output_size(
    size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1
):
    if output_padding >= max(stride, dilation):
        raise ValueError("output_padding must be smaller than stride or dilation")
    window = dilation * (kernel_size - 1) + 1
    return (size + 2 * padding - window) // stride + 1 + output_padding
