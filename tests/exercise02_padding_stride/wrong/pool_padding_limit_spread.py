"""Padding is compared with half of the window as it is spread by dilation.

Why it is wrong: the limit is half of kernel_size. Spreading the taps makes the window reach
farther, but a tap that stands in the padding still sees nothing.
Hint: Which number does the rule of the docstring name? Does dilation stand in it?
"""


def pool_output_size(size, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False):
    stride = kernel_size if stride is None else stride
    window = dilation * (kernel_size - 1) + 1
    if padding > window / 2:
        raise ValueError("padding is more than half of the window")
    room = size + 2 * padding - window
    if not ceil_mode:
        return room // stride + 1
    count = -(-room // stride) + 1
    return count - 1 if (count - 1) * stride >= size + padding else count
