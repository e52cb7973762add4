"""The image is taken to lie row after row in memory.

Why it is wrong: `as_strided` looks at memory, not at the image. A transposed image has the same
numbers in another order there; `X.stride()` tells which.
Hint: Try your function on an image that was transposed before. How far apart are two rows then?
"""


def corr2d(X, K):
    if X.dim() != 2 or K.dim() != 2:
        raise ValueError("X and K must be 2-D")
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("K is larger than X")
    (H, W), (h, w) = X.shape, K.shape
    windows = X.as_strided((H - h + 1, W - w + 1, h, w), (W, 1, W, 1))
    return (windows * K).sum((-1, -2))
