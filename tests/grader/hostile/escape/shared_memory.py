"""A segment of shared memory is made.

Intent: leave data behind that outlives the process.
Stopped by: seccomp
Honest score: 0
"""

import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
IPC_PRIVATE, IPC_RMID = 0, 0
segment = libc.shmget(IPC_PRIVATE, 4096, 0o600)
if segment < 0:
    print(os.strerror(ctypes.get_errno()))
else:
    libc.shmctl(segment, IPC_RMID, None)
    print("SUCCEEDED")
