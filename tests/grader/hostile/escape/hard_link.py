"""A hard link to a file outside is made.

Intent: get at a file outside under a name inside.
Stopped by: landlock
Honest score: 0
"""

import glob
import os

for path in glob.glob("/tmp/handrolled-hostile-*/victim") or ["/tmp/handrolled-hostile/victim"]:
    try:
        os.link(path, "inside")
        print("SUCCEEDED", open("inside").read())
    except OSError as error:
        print(error)
