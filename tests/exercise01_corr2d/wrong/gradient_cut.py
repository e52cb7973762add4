"""No gradient reaches the image and the kernel: the result is cut off from both.

Why it is wrong: autograd follows tensors only. A number that has left them (`.item()`,
`float(...)`, `int(...)`, NumPy), or that was cut loose (`.data`, `.detach()`), comes back without
its history. Nothing can be learned through it.
Hint: Is your result still connected to the kernel? Ask it for `.grad_fn`, with a K that requires
grad.
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
            Y[i, j] = (X[i : i + h, j : j + w] * K).sum().item()
    return Y
