"""The first pixel is not counted.

Why it is wrong: the ways from first taps to last taps are added up. Counting pixels, the one
where they start comes on top.
Hint: How many pixels does a single window of 3 see?
"""


def receptive_field(layers):
    seen, apart = 0, 1
    for kernel_size, stride, dilation in layers:
        seen += dilation * (kernel_size - 1) * apart
        apart *= stride
    return seen
