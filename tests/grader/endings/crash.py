# crashed | it crashed its process (SIGSEGV)
import ctypes


def corr2d_multi_in(X, K):
    ctypes.string_at(0)
