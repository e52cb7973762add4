"""The search for a maximum never starts again: the best number so far stays for ever.

Why it is wrong: each window has a maximum of its own. A number of another window or plane must not
win.
Hint: Which line gives the best number so far its first value? How often does that line run, and
how many windows are there?
"""

import torch


def _pair(value):
    return value if isinstance(value, tuple) else (value, value)


def max_pool2d(x, kernel_size, stride=None, padding=0):
    kh, kw = _pair(kernel_size)
    sh, sw = (kh, kw) if stride is None else _pair(stride)
    ph, pw = _pair(padding)
    N, C, H, W = x.shape
    rows = (H + 2 * ph - kh) // sh + 1
    cols = (W + 2 * pw - kw) // sw + 1
    output = torch.zeros(N, C, rows, cols, dtype=x.dtype, device=x.device)
    indices = torch.zeros(N, C, rows, cols, dtype=torch.int64, device=x.device)
    best, where = float("-inf"), 0
    for n in range(N):
        for c in range(C):
            for place in range(rows * cols):
                i, j = place // cols, place % cols
                for r in range(max(i * sh - ph, 0), min(i * sh - ph + kh, H)):
                    for q in range(max(j * sw - pw, 0), min(j * sw - pw + kw, W)):
                        if x[n, c, r, q] > best:
                            best, where = x[n, c, r, q], r * W + q
                output[n, c, i, j], indices[n, c, i, j] = best, where
    return output, indices
