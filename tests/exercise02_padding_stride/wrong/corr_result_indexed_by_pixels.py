"""A result is written to where its window starts in the image.

Why it is wrong: with a stride of 2 the windows start at 0, 2, 4 and so on, but the results are
number 0, 1, 2. The result has no row 4.
Hint: Print i and j in your inner loop. Are they numbers of windows or of pixels? Which does the
result need?
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
    for top in range(0, H + 2 * ph - h + 1, sh):
        for left in range(0, W + 2 * pw - w + 1, sw):
            Y[top, left] = (P[top : top + h, left : left + w] * K).sum()
    return Y


def _pair(value):
    return (value, value) if isinstance(value, int) else value
