"""Thousands of files are made.

Intent: use up the inodes of the disk.
Stopped by: watch
Honest score: 0
"""

import os
import time

for number in range(3_000):
    open(f"file{number}", "w").close()
time.sleep(0.5)
for number in range(3_000):
    os.remove(f"file{number}")
print("SUCCEEDED")
