"""Megabytes are printed.

Intent: fill the report or the disk with output.
Stopped by: process
Honest score: 0
"""


def corr2d_multi_in(X, K):
    for _ in range(200):
        print("x" * (1 << 16))
    return X
