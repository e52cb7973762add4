"""An answer comes byte by byte.

Intent: keep the runner waiting for ever, a little at a time.
Stopped by: reader
Honest score: 0
Reported as: timeout
"""

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


def corr2d_multi_in(X, K):
    os.write(channel(), struct.pack("<IQ", 1 << 16, 0))
    while True:
        os.write(channel(), b"x")
        time.sleep(0.1)
