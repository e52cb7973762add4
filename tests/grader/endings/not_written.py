# not_implemented | corr2d_multi_in is not written yet
def corr2d_multi_in(X, K):
    raise NotImplementedError
