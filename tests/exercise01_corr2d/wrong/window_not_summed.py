"""A whole window is put where one number belongs.

Why it is wrong: a place of the result holds one number. Window times kernel, entry by entry, has
as many numbers as the kernel.
Hint: Print the shape of what you put into the result. What does the lesson do with the four
products of the first window?
"""


def corr2d(X, K):
    if X.dim() != 2 or K.dim() != 2:
        raise ValueError("X and K must be 2-D")
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("K is larger than X")
    (H, W), (h, w) = X.shape, K.shape
    Y = X.new_zeros(H - h + 1, W - w + 1)
    for i in range(H - h + 1):
        for j in range(W - w + 1):
            Y[i, j] = X[i : i + h, j : j + w] * K
    return Y
