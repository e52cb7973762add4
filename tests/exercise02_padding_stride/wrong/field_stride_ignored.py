"""The strides are ignored.

Why it is wrong: after a stride of 2 neighbouring pixels lie 2 input pixels apart. Every later
window spans more of the input.
Hint: After a layer of stride 2, how many input pixels lie from one pixel to the next?
"""


def receptive_field(layers):
    seen = 1
    for kernel_size, _stride, dilation in layers:
        seen += dilation * (kernel_size - 1)
    return seen
