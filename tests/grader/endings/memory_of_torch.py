# memory | it used more than 2,048 MB of memory
import torch


def corr2d_multi_in(X, K):
    return torch.ones(1 << 40)
