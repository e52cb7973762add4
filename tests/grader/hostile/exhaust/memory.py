"""Memory is hoarded.

Intent: bring the machine down, or the grader.
Stopped by: rlimits
Honest score: 0
"""

try:
    hoard = bytearray(600 << 20)
    print("SUCCEEDED")
except MemoryError:
    print("no memory")
