# error | it raised RecursionError
def corr2d_multi_in(X, K):
    return corr2d_multi_in(X, K)
