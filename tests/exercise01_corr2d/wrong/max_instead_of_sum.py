"""The largest product is taken instead of the sum of the products.

Why it is wrong: taking the largest number of a window is max pooling. In a cross-correlation every
product counts.
Hint: Work out the top left number of the example in the docstring. What is done with its four
products?
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
            Y[i, j] = (X[i : i + h, j : j + w] * K).max()
    return Y
