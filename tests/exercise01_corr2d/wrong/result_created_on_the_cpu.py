"""The result is on the CPU, wherever the image is.

Why it is wrong: `torch.zeros` and `torch.tensor` make a tensor on the CPU unless they are told
otherwise. With an image on a GPU, the result is left behind.
Hint: Which of your tensors is not made from X or K? Ask it for its `.device`.
"""

import torch


def corr2d(X, K):
    if X.dim() != 2 or K.dim() != 2:
        raise ValueError("X and K must be 2-D")
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("K is larger than X")
    (H, W), (h, w) = X.shape, K.shape
    Y = torch.zeros(H - h + 1, W - w + 1, dtype=X.dtype)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i : i + h, j : j + w] * K).sum()
    return Y
