"""The results of max pooling are made on the CPU.

Why it is wrong: an image on a GPU wants its maxima and indices there; a new tensor lands on the
CPU unless it is told otherwise.
Hint: On which device does a tensor begin that torch.zeros, torch.arange or torch.tensor makes?
"""

import torch
import torch.nn.functional as F


def _pair(value):
    return value if isinstance(value, tuple) else (value, value)


def max_pool2d(x, kernel_size, stride=None, padding=0):
    kh, kw = _pair(kernel_size)
    sh, sw = (kh, kw) if stride is None else _pair(stride)
    ph, pw = _pair(padding)
    N, C, H, W = x.shape
    padded = F.pad(x, (pw, pw, ph, ph), value=float("-inf"))
    rows = (H + 2 * ph - kh) // sh + 1
    cols = (W + 2 * pw - kw) // sw + 1
    output = torch.zeros(N, C, rows, cols, dtype=x.dtype)
    indices = torch.zeros(N, C, rows, cols, dtype=torch.int64)
    for i in range(rows):
        for j in range(cols):
            window = padded[:, :, i * sh : i * sh + kh, j * sw : j * sw + kw].flatten(2)
            output[:, :, i, j], place = window.max(dim=2)
            row = i * sh - ph + place // kw
            col = j * sw - pw + place % kw
            indices[:, :, i, j] = row * W + col
    return output, indices
