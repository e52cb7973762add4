"""The output is stride - 1 pixels too long, as if zeros stood behind the last pixel too.

Why it is wrong: the stride puts zeros between the pixels. Behind the last one there are none.
Hint: Spread 3 pixels so that they lie 2 apart. How long is the line from the first of them to the
last?
"""


def conv_transpose_output_size(
    size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1
):
    if output_padding >= max(stride, dilation):
        raise ValueError("output_padding must be smaller than stride or dilation")
    spread = size * stride
    return spread + dilation * (kernel_size - 1) - 2 * padding + output_padding
