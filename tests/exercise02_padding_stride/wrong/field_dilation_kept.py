"""A dilation spreads the layers after it as well.

Why it is wrong: a dilation spreads the taps of its own window. The pixels of the result lie no
further apart for it; only a stride does that.
Hint: Stride 1 and dilation 2: two neighbours in the result look from two places. How many input
pixels lie from one place to the other?
"""


def receptive_field(layers):
    seen, apart = 1, 1
    for kernel_size, stride, dilation in layers:
        seen += dilation * (kernel_size - 1) * apart
        apart *= stride * dilation
    return seen
