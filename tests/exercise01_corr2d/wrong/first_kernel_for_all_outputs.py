"""All output channels are made by the first kernel.

Why it is wrong: each output channel belongs to another kernel: that is how a layer looks for
several things at once.
Hint: Are the planes of your result different from each other? Change a number in the second
kernel: does anything change?
"""

import torch


def _multi_in(X, K):
    h, w = K.shape[-2:]
    windows = X.unfold(1, h, 1).unfold(2, w, 1)  # (C, H', W', h, w)
    return (windows * K[:, None, None]).sum(dim=(0, 3, 4))


def corr2d_multi_in_out(X, K):
    return torch.stack([_multi_in(X, K[0]) for _ in K])
