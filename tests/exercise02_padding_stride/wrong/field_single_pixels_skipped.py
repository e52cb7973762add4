"""A layer whose window is one pixel is skipped, together with its stride.

Why it is wrong: such a layer sees no more than the one below it. But its stride still spreads what
the layers above it see.
Hint: Two neighbours behind a stride of 2: how far apart are they in the image?
"""


def receptive_field(layers):
    seen, apart = 1, 1
    for kernel_size, stride, dilation in layers:
        if kernel_size > 1:
            seen += dilation * (kernel_size - 1) * apart
            apart *= stride
    return seen
