"""The kernel's rows are in reverse order.

Why it is wrong: the first row of the kernel belongs on the first row of the window. With a kernel
of one row the mistake does not show.
Hint: Try a kernel of two rows, [[1], [0]]. Which row of the image should come out?
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
            Y[i, j] = (X[i : i + h, j : j + w] * K.flip(0)).sum()
    return Y
