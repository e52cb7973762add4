"""The dilation widens only one of the gaps between the taps.

Why it is wrong: every gap between two neighbouring taps is widened, and there are kernel_size -
1 of them.
Hint: How many gaps are there between 4 taps? Which of them does the dilation widen?
"""


def conv_output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    if kernel_size < 1 or stride < 1 or dilation < 1 or padding < 0:
        raise ValueError("kernel_size, stride and dilation start at 1, padding at 0")
    window = kernel_size + dilation - 1
    if window > size + 2 * padding:
        raise ValueError("kernel_size: the window is longer than the padded line")
    return (size + 2 * padding - window) // stride + 1
