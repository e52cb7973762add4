"""A kernel that is too large is not rejected.

Why it is wrong: there is no place for such a kernel, so an empty result, or whatever error comes
by chance, tells the caller nothing.
Hint: Call your function with an image of 3 x 3 and a kernel of 4 x 4. Which of your lines is meant
to stop it, and does it?
"""


def corr2d(X, K):
    if X.dim() != 2 or K.dim() != 2:
        raise ValueError("X and K must be 2-D")
    (H, W), (h, w) = X.shape, K.shape
    Y = X.new_zeros(max(H - h + 1, 0), max(W - w + 1, 0))
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i : i + h, j : j + w] * K).sum()
    return Y
