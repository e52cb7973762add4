"""The size is multiplied by the stride, and that is all.

Why it is wrong: the stamps have a length. The last one starts at (size - 1) * stride and reaches
as far as the kernel does.
Hint: Draw 3 stamps of 3 at stride 2. Where does the last one start, and where does it end?
"""


def conv_transpose_output_size(
    size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1
):
    if output_padding >= max(stride, dilation):
        raise ValueError("output_padding must be smaller than stride or dilation")
    return size * stride
