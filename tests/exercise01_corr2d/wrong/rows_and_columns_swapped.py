"""The result is transposed: its rows are your columns.

Why it is wrong: row i of the result belongs to windows that start in row i of the image. Reading
i as x and j as y exchanges the two, and only a square image lets that pass without an error.
Hint: Which of your two loops walks down the image, and which index of the result does it count?
"""


def corr2d(X, K):
    if X.dim() != 2 or K.dim() != 2:
        raise ValueError("X and K must be 2-D")
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("K is larger than X")
    (H, W), (h, w) = X.shape, K.shape
    Y = X.new_zeros(W - w + 1, H - h + 1)
    for x in range(W - w + 1):
        for y in range(H - h + 1):
            Y[x, y] = (X[y : y + h, x : x + w] * K).sum()
    return Y
