"""The padding of height and width is swapped.

Why it is wrong: the first number of the pair belongs to the height, which is the last dimension
but one.
Hint: Print the shape after padding with (1, 2). Which dimension grew by 2?
"""

import torch


def zero_pad2d(X, padding):
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    H, W = X.shape[-2:]
    Y = torch.zeros(*X.shape[:-2], H + 2 * pw, W + 2 * ph, dtype=X.dtype, device=X.device)
    Y[..., pw : pw + H, ph : ph + W] = X
    return Y
