"""One number for both paddings is not understood.

Why it is wrong: padding may be a pair or a single number. A single number cannot be unpacked into
two.
Hint: What is padding when somebody calls zero_pad2d(X, 1)? Make a pair of it before you unpack
it.
"""

import torch


def zero_pad2d(X, padding):
    ph, pw = padding
    H, W = X.shape[-2:]
    Y = torch.zeros(*X.shape[:-2], H + 2 * ph, W + 2 * pw, dtype=X.dtype, device=X.device)
    Y[..., ph : ph + H, pw : pw + W] = X
    return Y
