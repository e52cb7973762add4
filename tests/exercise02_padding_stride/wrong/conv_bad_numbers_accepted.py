"""Numbers that make no sense are not rejected.

Why it is wrong: a stride of 0 never arrives, a window of 0 taps sees nothing, and a negative
padding would cut. The contract asks for a ValueError.
Hint: What happens in your function when stride is 0, when kernel_size is 0, when padding is -1?
"""


def conv_output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    window = dilation * (kernel_size - 1) + 1
    if window > size + 2 * padding:
        raise ValueError("kernel_size: the window is longer than the padded line")
    return (size + 2 * padding - window) // stride + 1
