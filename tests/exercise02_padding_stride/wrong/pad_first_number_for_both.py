"""The first number of the pair is used for both dimensions.

Why it is wrong: the second number is the padding of the width.
Hint: Change the second number of the pair. Does your result change?
"""

import torch


def zero_pad2d(X, padding):
    ph = padding if isinstance(padding, int) else padding[0]
    H, W = X.shape[-2:]
    Y = torch.zeros(*X.shape[:-2], H + 2 * ph, W + 2 * ph, dtype=X.dtype, device=X.device)
    Y[..., ph : ph + H, ph : ph + W] = X
    return Y
