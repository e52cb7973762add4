"""Every number of the result also holds all the numbers before it.

Why it is wrong: each number belongs to one window alone. A sum that goes on from window to window
grows along the rows.
Hint: The first number is right. What is the second minus the first? And where is your sum 0 again?
"""


def corr2d(X, K):
    if X.dim() != 2 or K.dim() != 2:
        raise ValueError("X and K must be 2-D")
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("K is larger than X")
    (H, W), (h, w) = X.shape, K.shape
    Y = X.new_zeros(H - h + 1, W - w + 1)
    total = 0
    for i in range(H - h + 1):
        for j in range(W - w + 1):
            total = total + (X[i : i + h, j : j + w] * K).sum()
            Y[i, j] = total
    return Y
