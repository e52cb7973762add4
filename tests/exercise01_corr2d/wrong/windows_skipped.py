"""The kernel jumps by its own size, and the places between stay 0.

Why it is wrong: the kernel moves by one pixel at a time, so that the windows overlap, and every
place gives a number.
Hint: Print i and j in your inner loop, for a kernel of 2 x 2 on an image of 4 x 4. Which places
are never visited?
"""


def corr2d(X, K):
    if X.dim() != 2 or K.dim() != 2:
        raise ValueError("X and K must be 2-D")
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("K is larger than X")
    (H, W), (h, w) = X.shape, K.shape
    Y = X.new_zeros(H - h + 1, W - w + 1)
    for i in range(0, H - h + 1, h):
        for j in range(0, W - w + 1, w):
            Y[i, j] = (X[i : i + h, j : j + w] * K).sum()
    return Y
