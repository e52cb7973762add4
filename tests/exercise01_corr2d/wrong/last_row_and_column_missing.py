"""The last row and the last column of the result are missing.

Why it is wrong: a window of height h fits H - h + 1 times into height H: the first place is there
even before anything is moved.
Hint: How many places are there for a window that is exactly as large as the image?
"""


def corr2d(X, K):
    if X.dim() != 2 or K.dim() != 2:
        raise ValueError("X and K must be 2-D")
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("K is larger than X")
    (H, W), (h, w) = X.shape, K.shape
    Y = X.new_zeros(H - h, W - w)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i : i + h, j : j + w] * K).sum()
    return Y
