"""A shell command is run.

Intent: do whatever the machine can do.
Stopped by: landlock and seccomp
Honest score: 0
"""

import subprocess

try:
    print(subprocess.run(["/bin/echo", "SUCCEEDED"], capture_output=True, text=True).stdout)
except OSError as error:
    print(error)
