"""Each output channel looks at one input channel only.

Why it is wrong: this pairs input o with output o, as a depthwise convolution does. Here each
output channel looks at all of the input channels.
Hint: Change a pixel in the first channel of X. Which of the output channels should change?
"""

import torch


def _plane(x, k):
    h, w = k.shape
    return (x.unfold(0, h, 1).unfold(1, w, 1) * k).sum(dim=(2, 3))


def corr2d_multi_in_out(X, K):
    C = X.shape[0]
    return torch.stack([_plane(X[o % C], k[o % C]) for o, k in enumerate(K)])
