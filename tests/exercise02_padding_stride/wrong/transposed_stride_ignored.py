"""The stride is ignored.

Why it is wrong: each stamp starts stride pixels after the one before, so a larger stride makes
the output longer.
Hint: Where does the last of 3 stamps start, at stride 1 and at stride 2?
"""


def conv_transpose_output_size(
    size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1
):
    if output_padding >= max(stride, dilation):
        raise ValueError("output_padding must be smaller than stride or dilation")
    window = dilation * (kernel_size - 1) + 1
    return size - 1 - 2 * padding + window + output_padding
