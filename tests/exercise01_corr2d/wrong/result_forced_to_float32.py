"""The result is float32, whatever the image is.

Why it is wrong: `torch.zeros` makes float32 unless it is told otherwise, and `.float()` always
does. Numbers of double precision lose half of their digits there.
Hint: Print the dtype of your result for an image of float64. Which line decides it?
"""

import torch


def corr2d(X, K):
    if X.dim() != 2 or K.dim() != 2:
        raise ValueError("X and K must be 2-D")
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("K is larger than X")
    (H, W), (h, w) = X.shape, K.shape
    Y = torch.zeros(H - h + 1, W - w + 1, device=X.device)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i : i + h, j : j + w] * K).sum()
    return Y
