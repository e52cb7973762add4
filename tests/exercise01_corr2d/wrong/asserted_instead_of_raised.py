"""Bad arguments end in an AssertionError instead of a ValueError.

Why it is wrong: `assert` is a note to yourself, and `python -O` leaves it out. A caller who
hands over something wrong is told so by an exception that fits.
Hint: Which exception does the docstring promise, and which statement raises it?
"""


def corr2d(X, K):
    assert X.dim() == 2 and K.dim() == 2, "X and K must be 2-D"
    (H, W), (h, w) = X.shape, K.shape
    assert h <= H and w <= W, "K is larger than X"
    return (X.unfold(0, h, 1).unfold(1, w, 1) * K).sum(dim=(2, 3))
