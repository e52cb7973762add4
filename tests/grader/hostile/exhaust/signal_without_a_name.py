"""The process dies of a signal that has no name.

Intent: have the grader fail when it tells of that.
Stopped by: reader
Honest score: 0
"""

import signal
import threading

signal.pthread_kill(threading.get_ident(), 40)
