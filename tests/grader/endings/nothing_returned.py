# failed | the result is None, expected a float32 tensor
def corr2d_multi_in(X, K):
    print(X.sum())
