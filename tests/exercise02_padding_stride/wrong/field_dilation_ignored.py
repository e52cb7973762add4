"""The dilation is ignored.

Why it is wrong: the taps of a dilated window lie further apart, so that it sees further.
Hint: How far is it from the first tap to the last of a window of 3 with dilation 2?
"""


def receptive_field(layers):
    seen, apart = 1, 1
    for kernel_size, stride, _dilation in layers:
        seen += (kernel_size - 1) * apart
        apart *= stride
    return seen
