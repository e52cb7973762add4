"""output_padding is counted twice, like padding.

Why it is wrong: output_padding lengthens the far end only. That is why it can tell an odd size
from an even one.
Hint: If output_padding went to both ends, could it ever turn a size of 5 into 6?
"""


def conv_transpose_output_size(
    size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1
):
    if output_padding >= max(stride, dilation):
        raise ValueError("output_padding must be smaller than stride or dilation")
    window = dilation * (kernel_size - 1) + 1
    return (size - 1) * stride - 2 * padding + window + 2 * output_padding
