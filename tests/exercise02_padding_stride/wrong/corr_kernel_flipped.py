"""The kernel is flipped: this is a true convolution.

Why it is wrong: cross-correlation lays the kernel down as it is printed. Flipping it in both
directions is what mathematicians call convolution.
Hint: Lay the kernel on the top left window exactly as it is printed and multiply by hand.
"""

import torch


def corr2d_strided(X, K, stride=1, padding=0):
    K = K.flip(0, 1)
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
