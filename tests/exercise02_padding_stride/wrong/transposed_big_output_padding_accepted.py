"""An output_padding that is too large is accepted.

Why it is wrong: output_padding picks one of the sizes that a stride makes alike. There are no
more of them than the stride has steps.
Hint: At stride 2 how many different sizes shrink to the same one? What would output_padding 2
mean?
"""


def conv_transpose_output_size(
    size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1
):
    window = dilation * (kernel_size - 1) + 1
    return (size - 1) * stride - 2 * padding + window + output_padding
