"""The first two dimensions are padded.

Why it is wrong: height and width are the last two dimensions. Before them there may be channels
and a batch.
Hint: Which dimensions of a (C, H, W) tensor are height and width? Count from the end.
"""

import torch


def zero_pad2d(X, padding):
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    H, W, *rest = X.shape
    Y = torch.zeros(H + 2 * ph, W + 2 * pw, *rest, dtype=X.dtype, device=X.device)
    Y[ph : ph + H, pw : pw + W] = X
    return Y
