"""A tensor is made on the CPU, wherever the image is.

Why it is wrong: `torch.zeros`, for one, makes it there unless it is told otherwise. With an image
on a GPU the two cannot be added.
Hint: Which of your tensors is not made from X or K? Ask it for its `.device`.
"""

import torch


def _plane(x, k):
    h, w = k.shape
    return (x.unfold(0, h, 1).unfold(1, w, 1) * k).sum(dim=(2, 3))


def corr2d_multi_in(X, K):
    if X.shape[0] != K.shape[0]:
        raise ValueError("X and K must have the same number of channels")
    rows, columns = X.shape[1] - K.shape[1] + 1, X.shape[2] - K.shape[2] + 1
    Y = torch.zeros(rows, columns, dtype=X.dtype)
    for x, k in zip(X, K):
        Y += _plane(x, k)
    return Y
