"""An image or a kernel that is not 2-D is not rejected.

Why it is wrong: with a third axis the first two are no longer height and width. What comes out has
a meaning that nobody asked for.
Hint: What does your function do with an image of shape (2, 4, 5)? Which of your lines is meant to
stop it?
"""


def corr2d(X, K):
    (H, W), (h, w) = X.shape[:2], K.shape[:2]
    if h > H or w > W:
        raise ValueError("K is larger than X")
    Y = X.new_zeros(H - h + 1, W - w + 1)
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            window = X[i : i + h, j : j + w]
            Y[i, j] = sum(window[a, b].sum() * K[a, b].sum() for a in range(h) for b in range(w))
    return Y
