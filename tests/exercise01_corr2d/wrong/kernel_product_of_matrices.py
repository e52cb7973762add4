"""Window and kernel are multiplied as matrices, not entry by entry.

Why it is wrong: `@` pairs rows with columns. In a cross-correlation each kernel entry meets the
one pixel that it lies on.
Hint: For a 2 x 2 window, write down which kernel entry each pixel is multiplied with by your code.
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
            window = X[i : i + h, j : j + w]
            Y[i, j] = (window @ K if h == w else window @ K.T).sum()
    return Y
