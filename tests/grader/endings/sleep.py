# timeout | it was still running after 1 s
import time


def corr2d_multi_in(X, K):
    time.sleep(1000)
