"""A file of the system is read.

Intent: see who else has an account here.
Stopped by: landlock
Honest score: 0
"""

try:
    print("SUCCEEDED" if "root" in open("/etc/passwd").read() else "empty")
except OSError as error:
    print(error)
