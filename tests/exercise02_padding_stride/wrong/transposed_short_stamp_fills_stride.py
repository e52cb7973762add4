"""A stamp shorter than the stride takes up a whole stride, the last one too.

Why it is wrong: behind the last stamp nothing follows, however short it is. Some other libraries
do fill up; torch does not.
Hint: Draw 2 stamps of 2 at stride 3. How far is it from the first pixel of the first to the last
of the second?
"""


def conv_transpose_output_size(
    size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1
):
    if output_padding >= max(stride, dilation):
        raise ValueError("output_padding must be smaller than stride or dilation")
    window = dilation * (kernel_size - 1) + 1
    return size * stride + max(window - stride, 0) - 2 * padding + output_padding
