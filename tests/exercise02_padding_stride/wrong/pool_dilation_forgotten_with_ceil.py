"""With ceil_mode the taps are taken to lie side by side.

Why it is wrong: a dilated window is longer whichever way the last one is rounded.
Hint: How many pixels do 3 taps reach over when their dilation is 2? Is that in both of your cases?
More specific than: pool-dilation-ignored
"""


def pool_output_size(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    if padding > kernel_size / 2:
        raise ValueError("padding must be at most half of kernel_size")
    if stride is None:
        stride = kernel_size
    if not ceil_mode:
        return (size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride + 1
    windows = -(-(size + 2 * padding - kernel_size) // stride) + 1
    if (windows - 1) * stride >= padding + size:
        windows -= 1
    return windows
