"""The last row and the last column of windows are missing.

Why it is wrong: there is one place more than there are steps: the window stands where it starts,
and again after every step.
Hint: How many places does a kernel find that is as large as the image?
"""

import torch


def corr2d_strided(X, K, stride=1, padding=0):
    sh, sw = _pair(stride)
    ph, pw = _pair(padding)
    (H, W), (h, w) = X.shape, K.shape
    P = torch.zeros(H + 2 * ph, W + 2 * pw, dtype=X.dtype, device=X.device)
    P[ph : ph + H, pw : pw + W] = X
    rows, columns = (H + 2 * ph - h) // sh, (W + 2 * pw - w) // sw
    Y = torch.zeros(rows, columns, dtype=X.dtype, device=X.device)
    for i in range(rows):
        for j in range(columns):
            top, left = i * sh, j * sw
            Y[i, j] = (P[top : top + h, left : left + w] * K).sum()
    return Y


def _pair(value):
    return (value, value) if isinstance(value, int) else value
