"""The output channels are summed into a single plane.

Why it is wrong: the sum goes over the input channels. Every kernel keeps the plane that it made.
Hint: How many planes should three kernels give? How many do you return?
"""


def _multi_in(X, K):
    h, w = K.shape[-2:]
    windows = X.unfold(1, h, 1).unfold(2, w, 1)  # (C, H', W', h, w)
    return (windows * K[:, None, None]).sum(dim=(0, 3, 4))


def corr2d_multi_in_out(X, K):
    return sum(_multi_in(X, k) for k in K)
