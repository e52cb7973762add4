"""Another submission is read.

Intent: copy from whoever has the answer.
Stopped by: landlock
Honest score: 0
"""

import glob

for path in glob.glob("/tmp/handrolled-hostile-*/others/*.py") or ["/tmp/handrolled-hostile/x"]:
    try:
        if "MARKER" in open(path).read():
            print("SUCCEEDED")
    except OSError as error:
        print(error)
