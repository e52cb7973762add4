# failed | the result is a list of 2, expected a float32 tensor
def corr2d_multi_in(X, K):
    return [1, 2]
