"""The plane grows under a kernel of even length.

Why it is wrong: the task says that height and width stay as they are. Half of an even kernel on
both sides is one pixel too many, and each of those was counted.
Hint: Count for a kernel of 2x4 on a plane of 4x5. How many pixels has the result?
"""


def conv_cost(in_channels, out_channels, kernel_size, height, width):
    h, w = (kernel_size, kernel_size) if isinstance(kernel_size, int) else kernel_size
    rows, columns = height + 2 * (h // 2) - h + 1, width + 2 * (w // 2) - w + 1
    return in_channels * out_channels * h * w * rows * columns
