"""ceil_mode changes nothing.

Why it is wrong: with ceil_mode=True the pixels that are left over at the end get a window as
well.
Hint: Call your function with ceil_mode off and on, 5 pixels and windows of 2. Which pixel is
left out?
"""


def pool_output_size(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    if padding > kernel_size / 2:
        raise ValueError("padding must be at most half of kernel_size")
    if stride is None:
        stride = kernel_size
    room = size + 2 * padding - dilation * (kernel_size - 1) - 1
    return room // stride + 1
