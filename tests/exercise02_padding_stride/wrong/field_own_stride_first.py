"""A layer's own stride is applied to its own window.

Why it is wrong: the taps of a window stand on the layer's input, whose pixels lie as far apart
as the layers before have made them. The own stride comes after.
Hint: One layer alone, a window of 3 and stride 2: how many pixels does one window cover?
"""


def receptive_field(layers):
    seen, apart = 1, 1
    for kernel_size, stride, dilation in layers:
        apart *= stride
        seen += dilation * (kernel_size - 1) * apart
    return seen
