"""The products are averaged instead of added up.

Why it is wrong: dividing by the number of kernel entries shrinks every result. A kernel that is
to average carries the division in its own entries.
Hint: By what factor are your numbers smaller than the expected ones? Where does it come from?
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
            Y[i, j] = (X[i : i + h, j : j + w] * K).mean()
    return Y
