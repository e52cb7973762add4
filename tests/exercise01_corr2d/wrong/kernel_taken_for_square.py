"""The kernel's height is used for its width as well.

Why it is wrong: a kernel may be higher than wide. With one side for both, the window and the
number of places are right for square kernels only.
Hint: What happens if the kernel is 2 x 3? Print the shape of the window beside that of the kernel.
"""


def corr2d(X, K):
    if X.dim() != 2 or K.dim() != 2:
        raise ValueError("X and K must be 2-D")
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("K is larger than X")
    H, W = X.shape
    k = K.shape[0]
    Y = X.new_zeros(H - k + 1, max(W - k + 1, 0))
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            total = 0
            for a in range(k):
                for b in range(min(k, K.shape[1])):
                    total = total + X[i + a, j + b] * K[a, b]
            Y[i, j] = total
    return Y
