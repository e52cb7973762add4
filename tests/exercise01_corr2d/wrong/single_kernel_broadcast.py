"""A kernel of one channel is stretched over all channels.

Why it is wrong: broadcasting repeats an axis of length 1 without a word. Here it hides that the
kernel does not belong to this image.
Hint: What does torch do when it multiplies shapes (3, 2, 2) and (1, 2, 2)? Is that wanted here?
"""


def corr2d_multi_in(X, K):
    h, w = K.shape[1:]
    if K.shape[0] not in (1, X.shape[0]):
        raise ValueError("X and K must have the same number of channels")
    windows = X.unfold(1, h, 1).unfold(2, w, 1)  # (C, H', W', h, w)
    return (windows * K[:, None, None]).sum(dim=(0, 3, 4))
