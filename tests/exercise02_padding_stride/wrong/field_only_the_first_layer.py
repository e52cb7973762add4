"""Only the first layer counts.

Why it is wrong: every layer adds to what is seen. The answer is known after the last of them.
Hint: Add a layer to the list. Does your result change? On which round of the loop does your
function end?
"""


def receptive_field(layers):
    seen, apart = 1, 1
    for kernel_size, stride, dilation in layers:
        seen += dilation * (kernel_size - 1) * apart
        apart *= stride
        return seen
