"""A kernel of one channel is accepted for an image of several.

Why it is wrong: here one kernel plane meets all channels, without a word: broadcasting does so,
and so do loops over all pairs, or sums taken beforehand. It hides that the kernel does not belong
to this image.
Hint: Call it with an X of shape (3, 4, 4) and a K of shape (1, 2, 2). Which of your lines is meant
to stop it?
"""


def corr2d_multi_in(X, K):
    h, w = K.shape[1:]
    if K.shape[0] not in (1, X.shape[0]):
        raise ValueError("X and K must have the same number of channels")
    windows = X.unfold(1, h, 1).unfold(2, w, 1)  # (C, H', W', h, w)
    return (windows * K[:, None, None]).sum(dim=(0, 3, 4))
