"""Windows that hang over the end are kept.

Why it is wrong: a window needs all of its pixels. What is left over at the end is not looked
at.
Hint: When a few columns are left over on the right, may the window hang over the edge?
"""

import torch


def corr2d_strided(X, K, stride=1, padding=0):
    sh, sw = _pair(stride)
    ph, pw = _pair(padding)
    (H, W), (h, w) = X.shape, K.shape
    P = torch.zeros(H + 2 * ph, W + 2 * pw, dtype=X.dtype, device=X.device)
    P[ph : ph + H, pw : pw + W] = X
    rows, columns = -(-(H + 2 * ph - h) // sh) + 1, -(-(W + 2 * pw - w) // sw) + 1
    Y = torch.zeros(rows, columns, dtype=X.dtype, device=X.device)
    for i in range(rows):
        for j in range(columns):
            top, left = i * sh, j * sw
            window = P[top : top + h, left : left + w]
            Y[i, j] = (window * K[: window.shape[0], : window.shape[1]]).sum()
    return Y


def _pair(value):
    return (value, value) if isinstance(value, int) else value
