"""Channels without a partner are dropped silently.

Why it is wrong: an image of three channels and a kernel of two do not belong together. A loop over
the shorter of the two (`zip` makes one) gives a result, and nobody learns that a channel was left
out.
Hint: Give X three channels and K two, and change a number in the last channel of X. Does your
result change? What does the docstring want here?
"""


def _plane(x, k):
    h, w = k.shape
    return (x.unfold(0, h, 1).unfold(1, w, 1) * k).sum(dim=(2, 3))


def corr2d_multi_in(X, K):
    return sum(_plane(x, k) for x, k in zip(X, K))
