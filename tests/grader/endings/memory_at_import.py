# import | MemoryError
hoard = [0] * (1 << 31)
