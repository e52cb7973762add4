"""The last row and the last column of the result stay 0.

Why it is wrong: a window of height h fits H - h + 1 times into height H, and one of width w fits W
- w + 1 times into width W: the first place is there even before anything is moved.
Hint: Print the first and the last i, and the first and the last j, of your loops. Which places of
the result are never written to?
"""


def corr2d(X, K):
    if X.dim() != 2 or K.dim() != 2:
        raise ValueError("X and K must be 2-D")
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("K is larger than X")
    (H, W), (h, w) = X.shape, K.shape
    Y = X.new_zeros(H - h + 1, W - w + 1)
    for i in range(H - h):
        for j in range(W - w):
            Y[i, j] = (X[i : i + h, j : j + w] * K).sum()
    return Y
