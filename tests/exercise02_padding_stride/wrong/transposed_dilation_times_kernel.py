"""A dilated stamp is taken as dilation times kernel_size.

Why it is wrong: the dilation widens the steps between the taps. After the last tap there is no
step any more.
Hint: Draw 3 taps that lie 2 apart. Count from the first tap to the last.
"""


def conv_transpose_output_size(
    size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1
):
    if output_padding >= max(stride, dilation):
        raise ValueError("output_padding must be smaller than stride or dilation")
    window = dilation * kernel_size
    return (size - 1) * stride - 2 * padding + window + output_padding
