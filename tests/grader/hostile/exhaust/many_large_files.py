"""Many files are written.

Intent: fill the disk with files that are each within the limit.
Stopped by: watch
Honest score: 0
"""

import os
import time

for number in range(10):
    with open(f"part{number}", "wb") as file:
        file.write(bytes(10 << 20))
    time.sleep(0.05)
time.sleep(0.3)
for number in range(10):
    os.remove(f"part{number}")
print("SUCCEEDED")
