"""A child is forked.

Intent: go on running after the grading.
Stopped by: seccomp
Honest score: 0
"""

import os

try:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    print("SUCCEEDED")
except OSError as error:
    print(error)
