"""The image is changed while the kernel slides over it.

Why it is wrong: a slice is a view. Multiplying it in place writes into the image itself, so the
next window, which overlaps this one, reads products instead of pixels.
Hint: Print X before and after the call. Which of your lines writes into it?
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
            window *= K
            Y[i, j] = window.sum()
    return Y
