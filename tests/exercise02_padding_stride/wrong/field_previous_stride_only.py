"""Only the stride of the layer just before counts.

Why it is wrong: strides pile up: after two layers of stride 2 the pixels lie 4 input pixels
apart.
Hint: After two layers of stride 2, how far apart in the input are two neighbours?
"""


def receptive_field(layers):
    seen, apart = 1, 1
    for kernel_size, stride, dilation in layers:
        seen += dilation * (kernel_size - 1) * apart
        apart = stride
    return seen
