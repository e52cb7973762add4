"""The image is written into [p:-p], which is empty without padding.

Why it is wrong: -0 is 0. A slice that ends at 0 is empty, so there is no room for the image when
one of the paddings is 0.
Hint: What is x[0:-0] of a list x?
"""

import torch


def corr2d_strided(X, K, stride=1, padding=0):
    sh, sw = _pair(stride)
    ph, pw = _pair(padding)
    (H, W), (h, w) = X.shape, K.shape
    P = torch.zeros(H + 2 * ph, W + 2 * pw, dtype=X.dtype, device=X.device)
    P[ph:-ph, pw:-pw] = X
    rows, columns = (H + 2 * ph - h) // sh + 1, (W + 2 * pw - w) // sw + 1
    Y = torch.zeros(rows, columns, dtype=X.dtype, device=X.device)
    for i in range(rows):
        for j in range(columns):
            top, left = i * sh, j * sw
            Y[i, j] = (P[top : top + h, left : left + w] * K).sum()
    return Y


def _pair(value):
    return (value, value) if isinstance(value, int) else value
