"""A kernel that is too large is not rejected.

Why it is wrong: there is no place for such a kernel, so an empty result, or whatever error comes
by chance, tells the caller nothing.
Hint: Call your function with an image of 3 x 3 and a kernel of 4 x 4. Which of your lines is meant
to stop it, and does it?
"""


def corr2d(X, K):
    if X.dim() != 2 or K.dim() != 2:
        raise ValueError("X and K must be 2-D")
    h, w = K.shape
    return (X.unfold(0, h, 1).unfold(1, w, 1) * K).sum(dim=(2, 3))
