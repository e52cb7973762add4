"""The result of an image of doubles is float32.

Why it is wrong: a new tensor of plain floating-point numbers is float32 unless it is told
otherwise. Doubles lose half of their digits in it.
Hint: Print the dtype of an image of doubles and of your result. Which line makes the result?
"""

import torch


def corr2d_strided(X, K, stride=1, padding=0):
    sh, sw = _pair(stride)
    ph, pw = _pair(padding)
    (H, W), (h, w) = X.shape, K.shape
    P = torch.zeros(H + 2 * ph, W + 2 * pw, dtype=X.dtype, device=X.device)
    P[ph : ph + H, pw : pw + W] = X
    rows, columns = (H + 2 * ph - h) // sh + 1, (W + 2 * pw - w) // sw + 1
    Y = [[0] * columns for _ in range(rows)]
    for i in range(rows):
        for j in range(columns):
            top, left = i * sh, j * sw
            Y[i][j] = (P[top : top + h, left : left + w] * K).sum().item()
    return torch.tensor(Y, device=X.device)


def _pair(value):
    return (value, value) if isinstance(value, int) else value
