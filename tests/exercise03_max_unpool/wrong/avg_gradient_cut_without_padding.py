"""Without padding, the means are cut off from the image: no gradient.

Why it is wrong: where padding is 0, the means are taken of a copy that autograd does not know, so
nothing before this layer can learn.
Hint: What does your code do when padding is 0 that it does not do otherwise? Does that keep the
gradient?
"""

import torch


def _pair(value):
    return value if isinstance(value, tuple) else (value, value)


def _windows(x, kernel_size, stride, padding, filling):
    (kh, kw), (ph, pw) = _pair(kernel_size), _pair(padding)
    sh, sw = (kh, kw) if stride is None else _pair(stride)
    N, C, H, W = x.shape
    if (ph, pw) == (0, 0):
        return x.data.clone().unfold(2, kh, sh).unfold(3, kw, sw)
    padded = x.new_full((N, C, H + 2 * ph, W + 2 * pw), filling)
    padded[:, :, ph : ph + H, pw : pw + W] = x
    return padded.unfold(2, kh, sh).unfold(3, kw, sw)


def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    sums = _windows(x, kernel_size, stride, padding, 0.0).sum(dim=(4, 5))
    counted = torch.ones_like(x[:1, :1])
    cells = _windows(counted, kernel_size, stride, padding, float(count_include_pad))
    return sums / cells.sum(dim=(4, 5))
