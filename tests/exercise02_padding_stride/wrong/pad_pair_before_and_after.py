"""The pair is taken as the zeros before and after.

Why it is wrong: here the pair is (height, width): the first number goes above and below, the
second to the left and to the right.
Hint: A plane of 3 x 5 padded with (1, 2) is 5 x 9. Which shape do you get, and which rows of
yours are zero?
"""

import torch


def zero_pad2d(X, padding):
    before, after = (padding, padding) if isinstance(padding, int) else padding
    Y = torch.zeros([n + before + after for n in X.shape], dtype=X.dtype, device=X.device)
    Y[tuple(slice(before, before + n) for n in X.shape)] = X
    return Y
