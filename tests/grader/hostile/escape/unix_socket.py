"""A pair of sockets is made.

Intent: get a socket to send descriptors with.
Stopped by: seccomp
Honest score: 0
"""

import socket

try:
    socket.socketpair()
    print("SUCCEEDED")
except OSError as error:
    print(error)
