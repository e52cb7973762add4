"""Shared anonymous memory is hoarded.

Intent: take memory that a limit on private data does not count.
Stopped by: rlimits
Honest score: 0
"""

import mmap

try:
    hoard = mmap.mmap(-1, 600 << 20)
    print("SUCCEEDED")
except (OSError, ValueError) as error:
    print(error)
