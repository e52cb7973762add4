"""The kernel's rows are taken for its columns.

Why it is wrong: K[a, b] belongs on row a and column b of the window. A symmetric kernel hides the
exchange, and for one that is not square the shape of the result changes too.
Hint: Do rows of the kernel still meet rows of the image? Try a kernel of 1 x 3.
"""


def corr2d(X, K):
    if X.dim() != 2 or K.dim() != 2:
        raise ValueError("X and K must be 2-D")
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("K is larger than X")
    K = K.T
    rows = X.shape[0] - K.shape[0] + 1
    columns = X.shape[1] - K.shape[1] + 1
    Y = X.new_zeros(max(rows, 0), max(columns, 0))
    for i in range(rows):
        for j in range(columns):
            Y[i, j] = (X[i : i + K.shape[0], j : j + K.shape[1]] * K).sum()
    return Y
