"""Hundreds of files are held open.

Intent: use up the descriptors of the system.
Stopped by: rlimits
Honest score: 0
"""

held = []
try:
    for _ in range(200):
        held.append(open("/dev/null"))
    print("SUCCEEDED")
except OSError as error:
    print(error)
