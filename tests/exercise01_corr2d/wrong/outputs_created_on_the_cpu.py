"""The output channels are on the CPU, wherever the image is.

Why it is wrong: `torch.zeros` and `torch.tensor` make a tensor on the CPU unless they are told
otherwise.
Hint: Which of your tensors is not made from X or K? Ask it for its `.device`.
"""

import torch


def _multi_in(X, K):
    h, w = K.shape[-2:]
    windows = X.unfold(1, h, 1).unfold(2, w, 1)  # (C, H', W', h, w)
    return (windows * K[:, None, None]).sum(dim=(0, 3, 4))


def corr2d_multi_in_out(X, K):
    O, _, h, w = K.shape
    Y = torch.zeros(O, X.shape[1] - h + 1, X.shape[2] - w + 1, dtype=X.dtype)
    for o in range(O):
        Y[o] = _multi_in(X, K[o])
    return Y
