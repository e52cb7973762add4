"""Everything is summed to a single number.

Why it is wrong: only the channels are added up, pixel by pixel. The places of the window stay
apart: they are the pixels of the result.
Hint: Print the shape of your result. How many axes does the docstring promise, and which one is to
be summed away?
"""

import torch


def _plane(x, k):
    h, w = k.shape
    return (x.unfold(0, h, 1).unfold(1, w, 1) * k).sum(dim=(2, 3))


def corr2d_multi_in(X, K):
    if X.shape[0] != K.shape[0]:
        raise ValueError("X and K must have the same number of channels")
    return torch.stack([_plane(x, k) for x, k in zip(X, K)]).sum()
