"""The memory of another process is read.

Intent: read what the runner knows.
Stopped by: landlock and seccomp
Honest score: 0
"""

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)


class Vector(ctypes.Structure):
    _fields_ = [("base", ctypes.c_void_p), ("length", ctypes.c_size_t)]


word = ctypes.create_string_buffer(8)
here = Vector(ctypes.cast(word, ctypes.c_void_p), 8)
# The forkserver was forked from the same image: what is mapped here is mapped there.
there = Vector(ctypes.cast(ctypes.c_char_p(b"a literal"), ctypes.c_void_p), 8)
there.base = id(None)
count = libc.process_vm_readv(os.getppid(), ctypes.byref(here), 1, ctypes.byref(there), 1, 0)
print("SUCCEEDED" if count == 8 else os.strerror(ctypes.get_errno()))
