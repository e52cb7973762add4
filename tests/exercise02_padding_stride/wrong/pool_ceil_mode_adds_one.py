"""With ceil_mode one window is always added.

Why it is wrong: ceil_mode gives a window to the pixels that are left over at the end. Where none
is left over, nothing changes.
Hint: Windows of 2 side by side on 6 pixels: is a pixel left over? What should ceil_mode change
here?
"""


def pool_output_size(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    if padding > kernel_size / 2:
        raise ValueError("padding must be at most half of kernel_size")
    if stride is None:
        stride = kernel_size
    room = size + 2 * padding - dilation * (kernel_size - 1) - 1
    windows = room // stride + 1
    return windows + 1 if ceil_mode else windows
