"""The kernel is flipped: this is a true convolution.

Why it is wrong: cross-correlation lays the kernel on the image as it is printed. A convolution in
the mathematical sense turns it by 180 degrees first. Networks learn their kernels, so they do
without the turn.
Hint: Lay the kernel on the top left window exactly as it is printed and multiply by hand. Which
kernel entry meets X[0, 0]?
"""


def corr2d(X, K):
    if X.dim() != 2 or K.dim() != 2:
        raise ValueError("X and K must be 2-D")
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("K is larger than X")
    K = K.flip(0, 1)
    (H, W), (h, w) = X.shape, K.shape
    Y = X.new_zeros(H - h + 1, W - w + 1)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i : i + h, j : j + w] * K).sum()
    return Y
