"""A socket to the kernel is opened.

Intent: learn the interfaces and routes of the machine.
Stopped by: seccomp
Honest score: 0
"""

import socket

try:
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, 0):
        print("SUCCEEDED")
except OSError as error:
    print(error)
