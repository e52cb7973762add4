"""Above and to the left of the image, pixels of its opposite edge are taken.

Why it is wrong: Python counts a negative place from the end: x[-1] is the last one. The border
holds no pixels.
Hint: In which row does the first window start if the padding is 1? What does Python take for that
row?
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
    for n in range(N):
        for c in range(C):
            for place in range(rows * cols):
                i, j = place // cols, place % cols
                best, where = float("-inf"), 0
                for r in range(i * sh - ph, min(i * sh - ph + kh, H)):
                    for q in range(j * sw - pw, min(j * sw - pw + kw, W)):
                        if x[n, c, r, q] > best:
                            best, where = x[n, c, r, q], r * W + q
                output[n, c, i, j], indices[n, c, i, j] = best, where
    return output, indices
