"""With dilation the two sides differ by more than one zero.

Why it is wrong: what must be shared equally is the number of zeros. Dilating two unequal sides
makes them more unequal.
Hint: A window of 4 with dilation 2: how many zeros in all? Can they be shared equally?
"""


def same_padding(kernel_size, dilation=1):
    total = kernel_size - 1
    before = total // 2
    return dilation * before, dilation * (total - before)
