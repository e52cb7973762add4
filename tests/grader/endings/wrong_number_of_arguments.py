# error | takes 1 positional argument but 2 were given
def corr2d_multi_in(X):
    return X
