"""The dilation is added instead of multiplied.

Why it is wrong: every gap between two taps is widened. A longer window has more gaps, and so
loses more to the dilation.
Hint: How many gaps do 5 taps have? By how much does dilation 3 widen each of them?
"""


def same_padding(kernel_size, dilation=1):
    extra = dilation - 1
    return (kernel_size - 1) // 2 + extra, kernel_size // 2 + extra
