"""One number for both strides or paddings is not understood.

Why it is wrong: stride and padding may be pairs or single numbers, and their defaults are single
numbers. Those cannot be unpacked into two.
Hint: What is stride when nobody gives one? Make a pair of it before you unpack it.
"""

import torch


def corr2d_strided(X, K, stride=1, padding=0):
    sh, sw = stride
    ph, pw = padding
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
