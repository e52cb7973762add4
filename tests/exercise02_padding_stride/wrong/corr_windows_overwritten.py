"""The image is changed while the windows are multiplied.

Why it is wrong: a window is a view of the image. Multiplying it in place changes the pixels
that the next windows need, and the caller's image.
Hint: Print the image before and after your function has run.
"""

import torch


def corr2d_strided(X, K, stride=1, padding=0):
    sh, sw = _pair(stride)
    ph, pw = _pair(padding)
    (H, W), (h, w) = X.shape, K.shape
    P = X
    if ph or pw:
        P = torch.zeros(H + 2 * ph, W + 2 * pw, dtype=X.dtype, device=X.device)
        P[ph : ph + H, pw : pw + W] = X
    rows, columns = (H + 2 * ph - h) // sh + 1, (W + 2 * pw - w) // sw + 1
    Y = torch.zeros(rows, columns, dtype=X.dtype, device=X.device)
    for i in range(rows):
        for j in range(columns):
            top, left = i * sh, j * sw
            window = P[top : top + h, left : left + w]
            window *= K
            Y[i, j] = window.sum()
    return Y


def _pair(value):
    return (value, value) if isinstance(value, int) else value
