"""The largest of the channels is taken instead of their sum.

Why it is wrong: every channel adds its share to a pixel of the result, the small and the negative
ones too.
Hint: How does the docstring join the planes of the channels?
"""

import torch


def _plane(x, k):
    h, w = k.shape
    return (x.unfold(0, h, 1).unfold(1, w, 1) * k).sum(dim=(2, 3))


def corr2d_multi_in(X, K):
    if X.shape[0] != K.shape[0]:
        raise ValueError("X and K must have the same number of channels")
    return torch.stack([_plane(x, k) for x, k in zip(X, K)]).amax(dim=0)
