# timeout | it was still running after 1 s
def corr2d_multi_in(X, K):
    while True:
        pass
