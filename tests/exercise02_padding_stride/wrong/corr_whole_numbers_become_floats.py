"""Whole numbers come back as floating-point numbers.

Why it is wrong: the result has the dtype of the image. An image of whole numbers has sums that are
whole numbers.
Hint: What is the dtype of your result for the image of the example? Where does it change?
"""

import torch


def _pair(value):
    return (value, value) if isinstance(value, int) else value


def corr2d_strided(X, K, stride=1, padding=0):
    (sh, sw), (ph, pw) = _pair(stride), _pair(padding)
    (H, W), (h, w) = X.shape, K.shape
    if not X.is_floating_point():
        X, K = X.float(), K.float()
    padded = torch.zeros(H + 2 * ph, W + 2 * pw, dtype=X.dtype, device=X.device)
    padded[ph : ph + H, pw : pw + W] = X
    return (padded.unfold(0, h, sh).unfold(1, w, sw) * K).sum(dim=(2, 3))
