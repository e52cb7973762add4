"""A program is put into memory to be run from there.

Intent: run a program that is in no file.
Stopped by: seccomp
Honest score: 0
"""

import os

try:
    os.memfd_create("program")
    print("SUCCEEDED")
except OSError as error:
    print(error)
