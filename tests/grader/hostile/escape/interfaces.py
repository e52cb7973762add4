"""The channel is a socket, and any socket can be asked for the machine's addresses.

Intent: learn the interfaces of the machine without opening a socket.
Stopped by: seccomp
Honest score: 0
"""

import array
import fcntl
import os
import stat
import struct

SIOCGIFCONF = 0x8912
room = array.array("B", bytes(4096))
for descriptor in range(3, 64):
    try:
        if stat.S_ISSOCK(os.fstat(descriptor).st_mode):
            fcntl.ioctl(descriptor, SIOCGIFCONF, struct.pack("iL", 4096, room.buffer_info()[0]))
            print("SUCCEEDED")
            break
    except OSError as error:
        print(error)
