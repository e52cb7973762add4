"""The stride is ignored.

Why it is wrong: the window moves by stride pixels. The places in between are left out.
Hint: A line of 8 pixels, a window of 3 and stride 2: write down on which pixels the window
starts.
"""


def conv_output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    if kernel_size < 1 or stride < 1 or dilation < 1 or padding < 0:
        raise ValueError("kernel_size, stride and dilation start at 1, padding at 0")
    window = dilation * (kernel_size - 1) + 1
    if window > size + 2 * padding:
        raise ValueError("kernel_size: the window is longer than the padded line")
    return (size + 2 * padding - window) + 1
