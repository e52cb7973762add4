"""Start a process of ours, with as little as possible before it: torch is what takes the time.

`start` needs neither click nor msgspec, so that `grade.launch` can have the forkserver import
torch while the command line is still being read.
"""

import os
import signal
import socket
import sys
from collections.abc import Sequence

# Python itself, without the user's variables and without the folder it is started from.
INTERPRETER = (sys.executable, "-E", "-P")
ENTRY = ("-m", "grader.sandbox.start")
RUNNER = "grader.runner:main"
# What a process of ours may know of the environment: where the system's own files are. Anything
# else, a CI token say, would be readable by code that gets that far.
ENVIRONMENT_KEPT = ("LD_LIBRARY_PATH", "CUDA_VISIBLE_DEVICES", "HSA_OVERRIDE_GFX_VERSION")
# One thread is all that student code gets. Those of numpy's library wait by running in circles.
ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1"}


class Started:
    """A process of ours, and our end of the socket to it."""

    def __init__(self, role: str, entry: Sequence[str] = ENTRY) -> None:
        self.socket, theirs = socket.socketpair()
        nothing = os.open(os.devnull, os.O_RDWR)
        with theirs:
            theirs.set_inheritable(True)
            self.pid = os.posix_spawn(
                sys.executable,
                [*INTERPRETER, *entry, role, str(theirs.fileno()), RUNNER],
                ENVIRONMENT
                | {name: os.environ[name] for name in ENVIRONMENT_KEPT if name in os.environ},
                file_actions=[
                    (os.POSIX_SPAWN_DUP2, nothing, 0),
                    (os.POSIX_SPAWN_DUP2, nothing, 1),
                ],
                setsid=True,  # an interrupt from the keyboard is the launcher's to handle
            )
        os.close(nothing)
        self._ended = False

    @property
    def alive(self) -> bool:
        """Whether it has not ended by itself."""
        if not self._ended:
            self._ended = os.waitpid(self.pid, os.WNOHANG)[0] != 0
        return not self._ended

    def end(self, *, wait: bool = False) -> None:
        """Kill it, and its children with it. Its memory takes a while to be given back."""
        self.socket.close()
        if self.alive:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0 if wait else os.WNOHANG)
            self._ended = True
