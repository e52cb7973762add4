# error | it raised ZeroDivisionError
def corr2d_multi_in(X, K):
    return 1 / 0
