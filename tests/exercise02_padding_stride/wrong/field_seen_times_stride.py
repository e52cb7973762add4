"""What has been seen so far is multiplied by the stride.

Why it is wrong: a stride spreads what the layers after it see. It makes no window longer that is
already there.
Hint: One layer alone, a window of 3 and stride 2: how many pixels does one window cover?
"""


def receptive_field(layers):
    seen = 1
    for kernel_size, stride, dilation in layers:
        seen = seen * stride + dilation * (kernel_size - 1)
    return seen
