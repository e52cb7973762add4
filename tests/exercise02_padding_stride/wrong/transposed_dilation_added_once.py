"""The dilation widens only one of the gaps between the taps.

Why it is wrong: every gap between two neighbouring taps is widened, and there are kernel_size - 1
of them.
Hint: How many gaps are there between 4 taps? Which of them does the dilation widen?
"""


def conv_transpose_output_size(
    size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1
):
    if output_padding >= max(stride, dilation):
        raise ValueError("output_padding must be smaller than stride or dilation")
    window = kernel_size + dilation - 1
    return (size - 1) * stride - 2 * padding + window + output_padding
