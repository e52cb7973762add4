"""A dilated window is taken as dilation times kernel_size.

Why it is wrong: the dilation widens the steps between the taps. After the last tap there is no
step any more.
Hint: Draw 3 taps that lie 2 apart. Count from the first tap to the last.
"""


def receptive_field(layers):
    seen, apart = 1, 1
    for kernel_size, stride, dilation in layers:
        seen += (dilation * kernel_size - 1) * apart
        apart *= stride
    return seen
