"""A kernel larger than the image is refused, though it fits into the padded one.

Why it is wrong: the kernel slides over the padded image. Only that has to be large enough.
Hint: Which comes first in your code, the padding or the question whether the kernel fits?
"""

import torch


def _pair(value):
    return (value, value) if isinstance(value, int) else value


def corr2d_strided(X, K, stride=1, padding=0):
    (sh, sw), (ph, pw) = _pair(stride), _pair(padding)
    (H, W), (h, w) = X.shape, K.shape
    if h > H or w > W:
        raise ValueError("K is larger than X")
    padded = torch.zeros(H + 2 * ph, W + 2 * pw, dtype=X.dtype, device=X.device)
    padded[ph : ph + H, pw : pw + W] = X
    return (padded.unfold(0, h, sh).unfold(1, w, sw) * K).sum(dim=(2, 3))
