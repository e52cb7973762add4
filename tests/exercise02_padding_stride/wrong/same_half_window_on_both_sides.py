"""Half the window goes on both sides, rounded up.

Why it is wrong: a window of even length needs an odd number of zeros, so that the sides cannot
be alike. Here the size grows by one.
Hint: How many zeros are needed in all? Can they be shared equally?
"""


def same_padding(kernel_size, dilation=1):
    window = dilation * (kernel_size - 1) + 1
    return window // 2, window // 2
