"""The image is padded with zeros, to keep its size.

Why it is wrong: padding is an extra that comes in the next exercise. Here the kernel visits only
the places where all of it lies on the image, and the result is smaller.
Hint: In how many places does a 2 x 2 kernel fit whole into a 3 x 3 image?
"""


def corr2d(X, K):
    if X.dim() != 2 or K.dim() != 2:
        raise ValueError("X and K must be 2-D")
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("K is larger than X")
    (H, W), (h, w) = X.shape, K.shape
    padded = X.new_zeros(H + h - 1, W + w - 1)
    top, left = (h - 1) // 2, (w - 1) // 2
    padded[top : top + H, left : left + W] = X
    Y = X.new_zeros(H, W)
    for i in range(H):
        for j in range(W):
            Y[i, j] = (padded[i : i + h, j : j + w] * K).sum()
    return Y
