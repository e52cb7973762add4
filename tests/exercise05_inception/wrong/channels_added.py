"""The cost adds the two counts of channels.

Why it is wrong: every output channel reads every input channel, so the pairs of channels count.
Hint: With 3 input and 2 output channels, how many pairs of one input and one output channel are
there?
"""


def conv_cost(in_channels, out_channels, kernel_size, height, width):
    if isinstance(kernel_size, int):
        kernel_size = (kernel_size, kernel_size)
    kernel_height, kernel_width = kernel_size
    return (in_channels + out_channels) * kernel_height * kernel_width * height * width
