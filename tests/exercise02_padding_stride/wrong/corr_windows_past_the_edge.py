"""Windows are cut from behind the edge of the image, where nothing is left.

Why it is wrong: a slice that runs over the edge is cut short without a word, and then it does not
fit the kernel.
Hint: Print where each window starts and ends, beside the shape of the image that it is cut from.
Which is the first that ends outside?
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
            Y[i, j] = (X[top : top + h, left : left + w] * K).sum()
    return Y


def _pair(value):
    return (value, value) if isinstance(value, int) else value
