"""Every stamp is followed by a stride, the last one too.

Why it is wrong: between n stamps there are n - 1 strides. After the last stamp nothing follows.
Hint: Where does the last of 3 stamps start, at stride 2? Draw them.
"""


def conv_transpose_output_size(
    size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1
):
    if output_padding >= max(stride, dilation):
        raise ValueError("output_padding must be smaller than stride or dilation")
    window = dilation * (kernel_size - 1) + 1
    return size * stride - 2 * padding + window + output_padding
