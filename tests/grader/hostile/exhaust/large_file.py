"""A large file is written.

Intent: fill the disk with one file.
Stopped by: rlimits
Honest score: 0
"""

import os

try:
    with open("large", "wb") as file:
        for _ in range(40):
            file.write(bytes(1 << 20))
    print("SUCCEEDED")
except OSError as error:
    print(error)
finally:
    os.remove("large")
