"""The dilation widens only one of the gaps between the taps.

Why it is wrong: every gap between two neighbouring taps is widened, and there are kernel_size - 1
of them.
Hint: How many gaps are there between 4 taps? Which of them does the dilation widen?
"""


def receptive_field(layers):
    seen, apart = 1, 1
    for kernel_size, stride, dilation in layers:
        seen += (kernel_size + dilation - 2) * apart
        apart *= stride
    return seen
