"""A symbolic link leads out of the scratch folder.

Intent: read outside through a name inside.
Stopped by: landlock
Honest score: 0
"""

import os

try:
    os.symlink("/etc/passwd", "inside")
    print("SUCCEEDED", len(open("inside").read()))
except OSError as error:
    print(error)
