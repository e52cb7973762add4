"""What was handed over is changed while the result is computed.

Why it is wrong: X and K belong to the caller. A slice of X is a view, so writing into a window
writes into the image, and the next window reads products instead of pixels. `*=` and `/=` write,
too.
Hint: Print X and K before and after the call. Which of your lines writes into one of them?
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
