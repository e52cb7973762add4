"""The kernel of the first channel is used for all channels.

Why it is wrong: each channel has a kernel plane of its own. What is looked for in the red channel
need not be what is looked for in the blue one.
Hint: Change a number in the last plane of K. Does your result change? Which plane of K does your
code take for the second channel?
"""


def _plane(x, k):
    h, w = k.shape
    return (x.unfold(0, h, 1).unfold(1, w, 1) * k).sum(dim=(2, 3))


def corr2d_multi_in(X, K):
    if X.shape[0] != K.shape[0]:
        raise ValueError("X and K must have the same number of channels")
    return sum(_plane(x, K[0]) for x in X)
