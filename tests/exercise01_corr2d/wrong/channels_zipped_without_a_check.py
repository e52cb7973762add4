"""Channels without a partner are dropped silently.

Why it is wrong: `zip` stops at the shorter of the two. Three channels with two kernels then give a
result, and nobody learns that a channel was left out.
Hint: What does `list(zip([1, 2, 3], [4, 5]))` give?
"""


def _plane(x, k):
    h, w = k.shape
    return (x.unfold(0, h, 1).unfold(1, w, 1) * k).sum(dim=(2, 3))


def corr2d_multi_in(X, K):
    return sum(_plane(x, k) for x, k in zip(X, K))
