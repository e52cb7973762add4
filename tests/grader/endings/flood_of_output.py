# failed | the result is None
def corr2d_multi_in(X, K):
    for _ in range(100_000):
        print("x" * 100)
