"""The parent process is signalled.

Intent: stop the grader.
Stopped by: landlock and seccomp
Honest score: 0
"""

import os

try:
    os.kill(os.getppid(), 0)  # 0 asks whether it could be done
    print("SUCCEEDED")
except OSError as error:
    print(error)
