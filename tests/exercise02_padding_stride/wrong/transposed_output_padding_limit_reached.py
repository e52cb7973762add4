"""output_padding may be as large as stride or dilation.

Why it is wrong: it must be smaller. Equal is already too much.
Hint: At stride 1 and dilation 1 is there any choice that output_padding could make?
More specific than: transposed-big-output-padding-accepted
"""


def conv_transpose_output_size(
    size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1
):
    if output_padding > max(stride, dilation):
        raise ValueError("output_padding must be smaller than stride or dilation")
    window = dilation * (kernel_size - 1) + 1
    return (size - 1) * stride - 2 * padding + window + output_padding
