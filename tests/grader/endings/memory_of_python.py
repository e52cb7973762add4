# memory | it used more than 2,048 MB of memory
def corr2d_multi_in(X, K):
    return [0] * (1 << 31)
