"""The error is made, but not raised: it is returned.

Why it is wrong: an exception that is returned is a result like any other. The caller takes it for
an image and goes on.
Hint: Which word makes Python stop the caller too, and not only your function? Look at what the
docstring writes above ValueError.
"""


def corr2d(X, K):
    if X.dim() != 2 or K.dim() != 2:
        return ValueError("X and K must be 2-D")
    (H, W), (h, w) = X.shape, K.shape
    if h > H or w > W:
        return ValueError("K is larger than X")
    Y = X.new_zeros(H - h + 1, W - w + 1)
    for i in range(H - h + 1):
        for j in range(W - w + 1):
            Y[i, j] = (X[i : i + h, j : j + w] * K).sum()
    return Y


def corr2d_multi_in(X, K):
    if X.shape[0] != K.shape[0]:
        return ValueError("X and K must have the same number of channels")
    return sum(corr2d(x, k) for x, k in zip(X, K))
