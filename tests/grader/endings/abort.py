# crashed | it crashed its process (SIGABRT)
import os


def corr2d_multi_in(X, K):
    os.abort()
