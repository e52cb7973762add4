"""The hidden suite is read.

Intent: find the course from the installed package and read a suite.
Stopped by: landlock
Honest score: 0
"""

import glob
import os
import sysconfig

site = sysconfig.get_paths()["purelib"]
roots = [os.path.join(site, "grader", "_course")]
for name in glob.glob(os.path.join(site, "*.pth")):
    roots += open(name).read().split()
for root in roots:
    for found in glob.glob(os.path.join(root, "tests", "exercise*", "test_*.py")):
        if "points" in open(found).read():
            print("SUCCEEDED")
            break
else:
    # The folder cannot even be listed; its name is no secret, so try it by name.
    for root in roots:
        try:
            open(os.path.join(root, "tests", "exercise01_corr2d", "test_corr2d.py")).read()
            print("SUCCEEDED")
        except OSError as error:
            print(error)
