"""A file outside is cut to nothing by its name.

Intent: destroy what cannot be opened.
Stopped by: landlock and seccomp
Honest score: 0
"""

import glob
import os

for path in glob.glob("/tmp/handrolled-hostile-*/cuttable") or ["/tmp/handrolled-hostile/cuttable"]:
    try:
        os.truncate(path, 1)
        print("SUCCEEDED")
    except OSError as error:
        print(error)
