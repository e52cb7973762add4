"""The windows lie side by side: they never overlap.

Why it is wrong: the kernel moves by one pixel at a time, not by its own size. Steps as long as
the window are what pooling layers take.
Hint: Where does the second window of the first row start in the example of the docstring?
"""


def corr2d(X, K):
    if X.dim() != 2 or K.dim() != 2:
        raise ValueError("X and K must be 2-D")
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("K is larger than X")
    (H, W), (h, w) = X.shape, K.shape
    Y = X.new_zeros(H // h, W // w)
    for i in range(H // h):
        for j in range(W // w):
            Y[i, j] = (X[i * h : (i + 1) * h, j * w : (j + 1) * w] * K).sum()
    return Y
