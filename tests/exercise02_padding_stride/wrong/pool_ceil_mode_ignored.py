"""With ceil_mode, pixels that are left over at the end still get no window.

Why it is wrong: with ceil_mode=True what is left over gets a window as well, even if that hangs
over the end.
Hint: Call your function with 5 pixels and windows of 2, ceil_mode off and on. Which pixel is left
out, and which window should see it?
"""


def pool_output_size(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    if padding > kernel_size / 2:
        raise ValueError("padding must be at most half of kernel_size")
    if stride is None:
        stride = kernel_size
    room = size + 2 * padding - dilation * (kernel_size - 1) - 1
    return room // stride + 1
