"""It asks to be traced.

Intent: use the debugger interface.
Stopped by: seccomp
Honest score: 0
"""

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
failed = libc.ptrace(0, 0, None, None)
print(os.strerror(ctypes.get_errno()) if failed else "SUCCEEDED")
