"""A kernel that is too large is not rejected.

Why it is wrong: there is no place for such a kernel, so an empty result, or whatever error comes
by chance, tells the caller nothing.
Hint: Call your function with an image of 3 x 3 and a kernel of 4 x 4. Which of your lines is meant
to stop it, and does it?
"""

import torch


def corr2d(X, K):
    if X.dim() != 2 or K.dim() != 2:
        raise ValueError("X and K must be 2-D")
    (H, W), (h, w) = X.shape, K.shape
    return torch.stack(
        [
            torch.stack([(X[i : i + h, j : j + w] * K).sum() for j in range(W - w + 1)])
            for i in range(H - h + 1)
        ]
    )
