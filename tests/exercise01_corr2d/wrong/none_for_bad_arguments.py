"""Bad arguments give None instead of an error.

Why it is wrong: a function that ends without a result returns None, also after it has printed a
message. The caller is not stopped and goes on with None.
Hint: What does your function hand back for a kernel that does not fit? Print the result of the
call. Which word stops the caller as well?
"""


def corr2d(X, K):
    if X.dim() != 2 or K.dim() != 2:
        print("X and K must be 2-D")
        return None
    (H, W), (h, w) = X.shape, K.shape
    if h > H or w > W:
        print("K is larger than X")
        return None
    Y = X.new_zeros(H - h + 1, W - w + 1)
    for i in range(H - h + 1):
        for j in range(W - w + 1):
            Y[i, j] = (X[i : i + h, j : j + w] * K).sum()
    return Y


def corr2d_multi_in(X, K):
    if X.shape[0] != K.shape[0]:
        print("X and K must have the same number of channels")
        return None
    return sum(corr2d(x, k) for x, k in zip(X, K))
