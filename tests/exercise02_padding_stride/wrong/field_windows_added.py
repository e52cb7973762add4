"""The window lengths are added up whole.

Why it is wrong: each layer adds the way from its first tap to its last. Its first tap is a
pixel that has been counted before.
Hint: Draw two layers of 3, one above the other. How many input pixels lie under the top?
"""


def receptive_field(layers):
    seen, apart = 0, 1
    for kernel_size, stride, dilation in layers:
        seen += (dilation * (kernel_size - 1) + 1) * apart
        apart *= stride
    return seen
