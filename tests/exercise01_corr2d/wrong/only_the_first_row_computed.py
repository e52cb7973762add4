"""Only the first row of the result is computed.

Why it is wrong: the window also moves down the image, and every place gives a number. The rows
below are still what they were before the loops began.
Hint: Print i and j in your inner loop. What is the last pair, and what should it be? Why do the
others never come?
"""


def corr2d(X, K):
    if X.dim() != 2 or K.dim() != 2:
        raise ValueError("X and K must be 2-D")
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("K is larger than X")
    (H, W), (h, w) = X.shape, K.shape
    Y = X.new_zeros(H - h + 1, W - w + 1)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i : i + h, j : j + w] * K).sum()
        return Y
