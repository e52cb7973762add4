"""The output channels are the last axis instead of the first.

Why it is wrong: torch keeps channels in front of height and width. Other libraries put them last.
Hint: Compare the shape of your result with the one in the docstring, axis by axis.
"""

import torch


def _multi_in(X, K):
    h, w = K.shape[-2:]
    windows = X.unfold(1, h, 1).unfold(2, w, 1)  # (C, H', W', h, w)
    return (windows * K[:, None, None]).sum(dim=(0, 3, 4))


def corr2d_multi_in_out(X, K):
    return torch.stack([_multi_in(X, k) for k in K], dim=-1)
