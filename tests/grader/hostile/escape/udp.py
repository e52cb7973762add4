"""A datagram is sent.

Intent: talk to the network where TCP alone is closed.
Stopped by: seccomp
Honest score: 0
"""

import socket

try:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(b"hello", ("127.0.0.1", 9))
        print("SUCCEEDED")
except OSError as error:
    print(error)
