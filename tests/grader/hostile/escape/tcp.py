"""A TCP port is opened.

Intent: talk to the network.
Stopped by: landlock and seccomp
Honest score: 0
"""

import socket

try:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        print("SUCCEEDED")
except OSError as error:
    print(error)
