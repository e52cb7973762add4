"""The caller's list of layers is changed.

Why it is wrong: the list belongs to the caller, who may need it again. `reverse()`, `sort()`,
`pop()` and `append()` change the list itself.
Hint: Print the list before and after a call of your function. Work on a copy, or only read it.
"""


def receptive_field(layers):
    seen = 1
    layers.reverse()
    for kernel_size, stride, dilation in layers:
        seen = (seen - 1) * stride + dilation * (kernel_size - 1) + 1
    return seen
