# import | line 4: SystemExit
import sys

sys.exit(0)
