"""Every channel of the image meets every plane of the kernel.

Why it is wrong: channel c of the image belongs to plane c of the kernel alone. Adding up the
channels first, and the planes of the kernel as well, comes to the same: (a + b) * (c + d) holds
four products, not two.
Hint: Take two channels of one pixel, 1 and 10, and a kernel of one pixel each, 2 and 3. What
should come out, and what do you get? Write down the products.
"""


def _plane(x, k):
    h, w = k.shape
    return (x.unfold(0, h, 1).unfold(1, w, 1) * k).sum(dim=(2, 3))


def corr2d_multi_in(X, K):
    if X.shape[0] != K.shape[0]:
        raise ValueError("X and K must have the same number of channels")
    return sum(_plane(x, k) for x in X for k in K)
