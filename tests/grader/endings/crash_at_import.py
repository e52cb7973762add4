# import | crashed its process (SIGSEGV) while it was imported
import ctypes

ctypes.string_at(0)
