"""A stride widens the windows of the layers before it.

Why it is wrong: a stride spreads what the layers after it see. Those before it see what they saw.
Hint: Which layer feels the stride of the first one? Does the first feel the stride of the last?
"""


def receptive_field(layers):
    seen, apart = 1, 1
    for kernel_size, stride, dilation in reversed(layers):
        seen += dilation * (kernel_size - 1) * apart
        apart *= stride
    return seen
