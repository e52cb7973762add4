"""The pixels that one window looks at lie a stride apart.

Why it is wrong: the stride moves the window. Inside the window every pixel of the image counts.
Hint: At stride 2, which pixels does a window of 3 cover? Write down their columns.
"""

import torch


def corr2d_strided(X, K, stride=1, padding=0):
    sh, sw = _pair(stride)
    ph, pw = _pair(padding)
    (H, W), (h, w) = X.shape, K.shape
    P = torch.zeros(H + 2 * ph, W + 2 * pw, dtype=X.dtype, device=X.device)
    P[ph : ph + H, pw : pw + W] = X
    P = P[::sh, ::sw]
    rows, columns = P.shape[0] - h + 1, P.shape[1] - w + 1
    Y = torch.zeros(rows, columns, dtype=X.dtype, device=X.device)
    for i in range(rows):
        for j in range(columns):
            top, left = i, j
            Y[i, j] = (P[top : top + h, left : left + w] * K).sum()
    return Y


def _pair(value):
    return (value, value) if isinstance(value, int) else value
