# error | is it corr2d_multiin that should be called so?
def corr2d_multiin(X, K):
    return X
