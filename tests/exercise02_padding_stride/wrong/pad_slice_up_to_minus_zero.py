"""The image is written into [p:-p], which is empty without padding.

Why it is wrong: -0 is 0. A slice that ends at 0 is empty, so there is no room for the image
when one of the paddings is 0.
Hint: What is x[0:-0] of a list x?
"""

import torch


def zero_pad2d(X, padding):
    ph, pw = (padding, padding) if isinstance(padding, int) else padding
    H, W = X.shape[-2:]
    Y = torch.zeros(*X.shape[:-2], H + 2 * ph, W + 2 * pw, dtype=X.dtype, device=X.device)
    Y[..., ph:-ph, pw:-pw] = X
    return Y
