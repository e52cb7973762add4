"""Only the first window is computed.

Why it is wrong: the window moves over the whole image, and every place gives a number. The others
are still what they were before the loops began.
Hint: How many windows have been computed when your function comes to its return for the first
time?
"""

import torch


def corr2d_strided(X, K, stride=1, padding=0):
    sh, sw = _pair(stride)
    ph, pw = _pair(padding)
    (H, W), (h, w) = X.shape, K.shape
    P = torch.zeros(H + 2 * ph, W + 2 * pw, dtype=X.dtype, device=X.device)
    P[ph : ph + H, pw : pw + W] = X
    rows, columns = (H + 2 * ph - h) // sh + 1, (W + 2 * pw - w) // sw + 1
    Y = torch.zeros(rows, columns, dtype=X.dtype, device=X.device)
    for i in range(rows):
        for j in range(columns):
            top, left = i * sh, j * sw
            Y[i, j] = (P[top : top + h, left : left + w] * K).sum()
            return Y


def _pair(value):
    return (value, value) if isinstance(value, int) else value
