"""A kernel is rejected only if it is both too high and too wide.

Why it is wrong: a kernel that sticks out on one side alone fits nowhere either.
Hint: Is it `and` or `or` between your two comparisons? Try 3 x 5 pixels with a kernel of 4 x 2.
"""

import torch


def corr2d(X, K):
    if X.dim() != 2 or K.dim() != 2:
        raise ValueError("X and K must be 2-D")
    (H, W), (h, w) = X.shape, K.shape
    if h > H and w > W:
        raise ValueError("K is larger than X")
    return torch.stack(
        [
            torch.stack([(X[i : i + h, j : j + w] * K).sum() for j in range(W - w + 1)])
            for i in range(H - h + 1)
        ]
    )
