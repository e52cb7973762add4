"""The place for the image ends at H and W, though it begins at ph and pw.

Why it is wrong: a slice says where it begins and where it ends. H rows that begin at row ph end
at row ph + H.
Hint: 3 rows that begin at row 1: what are their numbers, and what must stand behind the colon?
"""

import torch


def zero_pad2d(X, padding):
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    H, W = X.shape[-2:]
    Y = torch.zeros(*X.shape[:-2], H + 2 * ph, W + 2 * pw, dtype=X.dtype, device=X.device)
    Y[..., ph:H, pw:W] = X
    return Y
