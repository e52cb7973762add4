"""The results of others are read.

Intent: see what others got, and what for.
Stopped by: landlock
Honest score: 0
"""

import os

for folder, _, files in os.walk("/tmp"):
    for name in files:
        if name == "results.json" and "handrolled-hostile" in folder:
            if "MARKER" in open(os.path.join(folder, name)).read():
                print("SUCCEEDED")
