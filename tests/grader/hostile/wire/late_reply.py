"""A thread writes to the channel later on.

Intent: spoil an answer to come.
Stopped by: reader
Honest score: 0
Reported as: crashed
"""

import threading
import time
import os
import stat
import struct

import msgspec


def channel():
    """The socket on which it is asked."""
    for descriptor in range(3, 64):
        try:
            if stat.S_ISSOCK(os.fstat(descriptor).st_mode):
                return descriptor
        except OSError:
            continue


def frame(value):
    header = msgspec.msgpack.encode([value, []])
    return struct.pack("<IQ", len(header), 0) + header


def later():
    time.sleep(0.02)
    os.write(
        channel(),
        frame(
            [
                "dict",
                ["number", 1],
                ["answer", ["dict", ["value", ["dict", ["value", True], ["arguments", None]]]]],
                ["forbidden", ["list"]],
            ]
        )
        * 50,
    )


def corr2d_multi_in(X, K):
    threading.Thread(target=later, daemon=True).start()
    time.sleep(0.05)
    return X
