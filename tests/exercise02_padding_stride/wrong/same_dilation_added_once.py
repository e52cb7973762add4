"""The dilation widens only one of the gaps between the taps.

Why it is wrong: every gap between two neighbouring taps is widened, and there are kernel_size - 1
of them.
Hint: How many gaps are there between 4 taps? Which of them does the dilation widen?
"""


def same_padding(kernel_size, dilation=1):
    total = kernel_size + dilation - 2
    return total // 2, total - total // 2
