"""A result of hundreds of megabytes.

Intent: make the runner take memory.
Stopped by: reader
Honest score: 0
"""

import torch


def corr2d_multi_in(X, K):
    return torch.zeros(1).expand(100_000_000)
