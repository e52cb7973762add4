"""The padding is shared by the two sides.

Why it is wrong: here padding is a number per side, not for both sides together.
Hint: Padding 2: how many rows of zeros are above the image in your result?
"""

import torch


def zero_pad2d(X, padding):
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    H, W = X.shape[-2:]
    top, left = ph // 2, pw // 2
    Y = torch.zeros(*X.shape[:-2], H + ph, W + pw, dtype=X.dtype, device=X.device)
    Y[..., top : top + H, left : left + W] = X
    return Y
