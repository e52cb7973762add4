"""The limit of open files is raised again.

Intent: undo what holds it back.
Stopped by: seccomp and rlimits
Honest score: 0
"""

import resource

try:
    resource.setrlimit(resource.RLIMIT_NOFILE, (128, 128))
    print("SUCCEEDED")
except (OSError, ValueError) as error:
    print(error)
