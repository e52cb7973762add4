"""Hundreds of threads are started.

Intent: take all processors and the process table.
Stopped by: watch and rlimits
Honest score: 0
"""

import threading
import time

done = threading.Event()
threads = [threading.Thread(target=done.wait, daemon=True) for _ in range(150)]
for thread in threads:
    thread.start()
time.sleep(0.5)
done.set()
print("SUCCEEDED")
