"""The root folder is listed.

Intent: look around.
Stopped by: landlock
Honest score: 0
"""

import os

try:
    print("SUCCEEDED", os.listdir("/"))
except OSError as error:
    print(error)
