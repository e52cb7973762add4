"""A lease is taken on a file of Python's own.

Intent: have everybody wait who opens that file.
Stopped by: seccomp
Honest score: 0
"""

import fcntl
import os
import signal
import sysconfig

signal.signal(signal.SIGIO, signal.SIG_IGN)
place = os.open(os.path.join(sysconfig.get_paths()["stdlib"], "this.py"), os.O_RDONLY)
try:
    fcntl.fcntl(place, fcntl.F_SETLEASE, fcntl.F_WRLCK)
    print("SUCCEEDED")
    fcntl.fcntl(place, fcntl.F_SETLEASE, fcntl.F_UNLCK)
except OSError as error:
    print(error)
