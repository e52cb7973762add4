"""The dilation is ignored.

Why it is wrong: dilation spreads the taps of every stamp, so that the last one ends further
out.
Hint: How long is one stamp of 3 taps when they lie 2 apart?
"""


def conv_transpose_output_size(
    size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1
):
    if output_padding >= max(stride, dilation):
        raise ValueError("output_padding must be smaller than stride or dilation")
    window = kernel_size
    return (size - 1) * stride - 2 * padding + window + output_padding
