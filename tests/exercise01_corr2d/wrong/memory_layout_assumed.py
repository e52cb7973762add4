"""The windows are read as if the rows of the image lay one after another in memory.

Why it is wrong: a tensor that was permuted or transposed shares the memory of another one. Its
strides tell where a number is; its shape does not.
Hint: Print X.stride() for an image that was permuted. Where do your strides come from?
"""

import torch


def corr2d_multi_in(X, K):
    if X.shape[0] != K.shape[0]:
        raise ValueError("X and K must have the same number of channels")
    C, H, W = X.shape
    h, w = K.shape[1:]
    windows = X.as_strided((C, H - h + 1, W - w + 1, h, w), (H * W, W, 1, W, 1))
    return torch.einsum("cijhw,chw->ij", windows, K)
