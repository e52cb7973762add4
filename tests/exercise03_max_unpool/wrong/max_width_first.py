"""In max pooling, pairs are read as width, then height.

Why it is wrong: in torch the height comes first, in the shape of an image as well as in a pair.
Hint: What is the shape of the result for a window of (1, 2) on a plane of 4x4?
"""

import torch
import torch.nn.functional as F


def _pair(value):
    return value if isinstance(value, tuple) else (value, value)


def max_pool2d(x, kernel_size, stride=None, padding=0):
    kw, kh = _pair(kernel_size)
    sw, sh = (kw, kh) if stride is None else _pair(stride)
    pw, ph = _pair(padding)
    N, C, H, W = x.shape
    padded = F.pad(x, (pw, pw, ph, ph), value=float("-inf"))
    rows = (H + 2 * ph - kh) // sh + 1
    cols = (W + 2 * pw - kw) // sw + 1
    output = torch.zeros(N, C, rows, cols, dtype=x.dtype, device=x.device)
    indices = torch.zeros(N, C, rows, cols, dtype=torch.int64, device=x.device)
    for i in range(rows):
        for j in range(cols):
            window = padded[:, :, i * sh : i * sh + kh, j * sw : j * sw + kw].flatten(2)
            output[:, :, i, j], place = window.max(dim=2)
            row = i * sh - ph + place // kw
            col = j * sw - pw + place % kw
            indices[:, :, i, j] = row * W + col
    return output, indices
