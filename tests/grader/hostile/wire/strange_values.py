"""Every kind of malformed value is sent.

Intent: make the reader build something that it should not.
Stopped by: reader
Honest score: 0
Reported as: crashed
"""

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
    strange = ["dict", ["number", ["tensor", 0]], ["answer", ["object", -1, "x", True]]]
    header = msgspec.msgpack.encode([strange, [["float32", [1 << 40, 1 << 40], 0, "cpu", False]]])
    os.write(channel(), struct.pack("<IQ", len(header), 0) + header)
    return X
