"""Kernels for channels that the image does not have are left out without a word.

Why it is wrong: an image of two channels and a kernel of three do not belong together, whichever
of them has more. Somebody made a mistake, and should hear of it.
Hint: What does your check say to X with three channels and K with two, and what to X with two and
K with three? Which question covers both?
"""


def _plane(x, k):
    h, w = k.shape
    return (x.unfold(0, h, 1).unfold(1, w, 1) * k).sum(dim=(2, 3))


def corr2d_multi_in(X, K):
    if X.shape[0] > K.shape[0]:
        raise ValueError("X has more channels than K")
    return sum(_plane(x, k) for x, k in zip(X, K))
