"""A kernel that is too large in one direction only is not rejected.

Why it is wrong: a kernel that sticks out on one side fits nowhere, just as one that sticks out on
two.
Hint: Work out your condition by hand: for 3 x 5 pixels with a kernel of 4 x 2, for 5 x 3 pixels
with a kernel of 2 x 4, and for 3 x 3 with 4 x 4. Is it true each time?
"""


def corr2d(X, K):
    if X.dim() != 2 or K.dim() != 2:
        raise ValueError("X and K must be 2-D")
    (H, W), (h, w) = X.shape, K.shape
    if h > H and w > W:
        raise ValueError("K is larger than X")
    return (X.unfold(0, h, 1).unfold(1, w, 1) * K).sum(dim=(2, 3))
