"""A file outside is moved inside.

Intent: take a file away.
Stopped by: landlock
Honest score: 0
"""

import glob
import os

for path in glob.glob("/tmp/handrolled-hostile-*/movable") or ["/tmp/handrolled-hostile/movable"]:
    try:
        os.rename(path, path + "-moved")
        os.rename(path + "-moved", path)
        print("SUCCEEDED")
    except OSError as error:
        print(error)
