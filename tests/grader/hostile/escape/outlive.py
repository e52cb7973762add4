"""It refuses to die with its parent.

Intent: go on running when the grader is gone.
Stopped by: seccomp
Honest score: 0
"""

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
failed = libc.prctl(1, 0, 0, 0, 0)
print(os.strerror(ctypes.get_errno()) if failed else "SUCCEEDED")
