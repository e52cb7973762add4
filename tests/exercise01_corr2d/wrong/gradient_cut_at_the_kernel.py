"""No gradient reaches the kernel.

Why it is wrong: the image still gets its gradient, but the kernel, which is what is to be learned,
gets none. `K.data`, `K.detach()` and a copy by `torch.tensor` are bare numbers.
Hint: Follow K through your function. Where does it stop being the tensor that was handed in?
"""


def corr2d(X, K):
    if X.dim() != 2 or K.dim() != 2:
        raise ValueError("X and K must be 2-D")
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("K is larger than X")
    weights = K.data
    (H, W), (h, w) = X.shape, K.shape
    Y = X.new_zeros(H - h + 1, W - w + 1)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i : i + h, j : j + w] * weights).sum()
    return Y
