"""Zeros are put at the bottom and on the right only.

Why it is wrong: padding counts per side. Two of the four sides get nothing here.
Hint: How many sides does a frame have?
"""

import torch


def zero_pad2d(X, padding):
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    H, W = X.shape[-2:]
    Y = torch.zeros(*X.shape[:-2], H + ph, W + pw, dtype=X.dtype, device=X.device)
    Y[..., :H, :W] = X
    return Y
