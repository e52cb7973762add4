"""A namespace is left.

Intent: change how the process sees the machine.
Stopped by: seccomp
Honest score: 0
"""

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
CLONE_FILES = 0x400
failed = libc.unshare(CLONE_FILES)
print(os.strerror(ctypes.get_errno()) if failed else "SUCCEEDED")
