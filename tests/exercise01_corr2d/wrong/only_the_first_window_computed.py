"""Only the first number of the result is computed.

Why it is wrong: the window moves over the whole image, and every place gives a number. All the
others are still what they were before the loops began.
Hint: Print i and j in your inner loop. How many pairs do you see, and how many places are there?
Why do the others never come?
"""


def corr2d(X, K):
    if X.dim() != 2 or K.dim() != 2:
        raise ValueError("X and K must be 2-D")
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("K is larger than X")
    (H, W), (h, w) = X.shape, K.shape
    Y = X.new_zeros(H - h + 1, W - w + 1)
    for i in range(H - h + 1):
        for j in range(W - w + 1):
            Y[i, j] = (X[i : i + h, j : j + w] * K).sum()
            return Y
