"""A file is written outside the scratch folder.

Intent: leave something behind for the next submission.
Stopped by: landlock
Honest score: 0
"""

import os

path = f"/tmp/handrolled-planted-{os.getpid()}"
try:
    with open(path, "w") as file:
        file.write("planted")
    os.remove(path)
    print("SUCCEEDED")
except OSError as error:
    print(error)
