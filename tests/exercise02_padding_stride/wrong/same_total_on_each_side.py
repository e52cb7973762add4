"""Each side gets all the zeros.

Why it is wrong: the number of pixels that the window takes away is made up for by both sides
together.
Hint: Put your zeros on both sides of a line of 8. How long is it then, and how many places are
there?
"""


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total, total
