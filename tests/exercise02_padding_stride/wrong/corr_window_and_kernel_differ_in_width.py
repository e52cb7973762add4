"""A window is not as wide as the kernel.

Why it is wrong: each number of the kernel needs a pixel under it. A kernel need not be square, and
a slice that runs over the edge is cut short without a word.
Hint: Take a kernel of 2 x 3. Print its shape beside that of every window. Is the width wrong from
the first window on, or only at the edge?
"""

import torch


def corr2d_strided(X, K, stride=1, padding=0):
    sh, sw = _pair(stride)
    ph, pw = _pair(padding)
    (H, W), h = X.shape, K.shape[0]
    P = torch.zeros(H + 2 * ph, W + 2 * pw, dtype=X.dtype, device=X.device)
    P[ph : ph + H, pw : pw + W] = X
    rows, columns = (H + 2 * ph - h) // sh + 1, (W + 2 * pw - h) // sw + 1
    Y = torch.zeros(rows, columns, dtype=X.dtype, device=X.device)
    for i in range(rows):
        for j in range(columns):
            top, left = i * sh, j * sw
            Y[i, j] = (P[top : top + h, left : left + h] * K).sum()
    return Y


def _pair(value):
    return (value, value) if isinstance(value, int) else value
