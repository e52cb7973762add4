"""Its own environment is read.

Intent: find the tokens of the CI job.
Stopped by: environment
Honest score: 0
"""

import os

print("SUCCEEDED" if "HANDROLLED_MARKER" in os.environ else "nothing here")
