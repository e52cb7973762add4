"""Files are written below a path that is too long to be looked at.

Intent: use more of the disk than the scratch folder may hold.
Stopped by: watch
Honest score: 0
"""

import os
import time

for _ in range(17):
    os.mkdir("d" * 250)
    os.chdir("d" * 250)
for number in range(20):
    with open(f"file{number}", "wb") as file:
        file.truncate(30 << 20)  # a hole: it takes no room
time.sleep(0.5)
print("SUCCEEDED")
