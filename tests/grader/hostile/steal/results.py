"""The results of others are read.

Intent: see what others got, and what for.
Stopped by: landlock
Honest score: 0
"""

import glob

for path in glob.glob("/tmp/handrolled-hostile-*/results.json") or ["/tmp/handrolled-hostile/x"]:
    try:
        if "MARKER" in open(path).read():
            print("SUCCEEDED")
    except OSError as error:
        print(error)
