"""The layers are taken from the last to the first.

Why it is wrong: a stride widens the windows of the layers after it, not of those before it.
Hint: Which layer feels the stride of the first one? Does the first feel the stride of the last?
"""


def receptive_field(layers):
    seen, apart = 1, 1
    for kernel_size, stride, dilation in reversed(layers):
        seen += dilation * (kernel_size - 1) * apart
        apart *= stride
    return seen
