"""The frame repeats the border of the image.

Why it is wrong: the frame is made of zeros. Repeating the border is another kind of padding.
Hint: What is multiplied with the first number of the kernel in the top left window?
"""

import torch


def corr2d_strided(X, K, stride=1, padding=0):
    sh, sw = _pair(stride)
    ph, pw = _pair(padding)
    (H, W), (h, w) = X.shape, K.shape
    down = torch.arange(-ph, H + ph, device=X.device).clamp(0, H - 1)
    across = torch.arange(-pw, W + pw, device=X.device).clamp(0, W - 1)
    P = X[down][:, across]
    rows, columns = (H + 2 * ph - h) // sh + 1, (W + 2 * pw - w) // sw + 1
    Y = torch.zeros(rows, columns, dtype=X.dtype, device=X.device)
    for i in range(rows):
        for j in range(columns):
            top, left = i * sh, j * sw
            Y[i, j] = (P[top : top + h, left : left + w] * K).sum()
    return Y


def _pair(value):
    return (value, value) if isinstance(value, int) else value
