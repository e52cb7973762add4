"""Where a runner gets its workers from: the forkserver, or fresh interpreters."""

import os
import socket
import subprocess
import sys
from dataclasses import dataclass
from typing import Protocol

from grader.errors import SandboxError
from grader.sandbox import forkserver
from grader.sandbox.frames import Channel

# Python itself, without the user's variables and without the folder it is started from.
INTERPRETER = (sys.executable, "-E", "-P")


@dataclass(frozen=True)
class Process:
    """A worker that has been started: its channel, and the pipe of what it prints."""

    pid: int
    channel: Channel
    output: int


class Workers(Protocol):
    """Where workers come from."""

    def start(self) -> Process:
        """A worker that waits for its setup."""

    def end(self, process: Process) -> int:
        """Make sure that a worker is gone; its wait status."""

    def drop(self, process: Process) -> None:
        """Have a worker end that nobody needs any more."""


class ForkedWorkers:
    """Workers from the forkserver at the other end of a socket: in some milliseconds."""

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection

    def start(self) -> Process:
        """Have a worker forked."""
        self._connection.send(forkserver.WORKER)
        size = forkserver.PID.size
        message, descriptors, _, _ = socket.recv_fds(self._connection, size, 2)
        if len(descriptors) != 2:
            raise SandboxError("The forkserver went away. Run the command again.")
        (pid,) = forkserver.PID.unpack(message)
        return Process(pid, Channel(descriptors[0]), descriptors[1])

    def end(self, process: Process) -> int:
        """Have it killed and reaped."""
        self._connection.send(forkserver.END + forkserver.PID.pack(process.pid))
        reply = self._connection.recv(forkserver.ENDED.size, socket.MSG_WAITALL)
        status: int = forkserver.ENDED.unpack(reply)[1]
        return status

    def drop(self, process: Process) -> None:
        """Have it killed and reaped, without waiting for that."""
        self._connection.send(forkserver.DROP + forkserver.PID.pack(process.pid))


class FreshWorkers:
    """Workers as fresh interpreters: wherever there is no fork, or none that is safe."""

    def __init__(self) -> None:
        self._processes: dict[int, subprocess.Popen[bytes]] = {}

    def start(self) -> Process:
        """Start an interpreter with an emptied environment."""
        ours, theirs = socket.socketpair()
        output, write = os.pipe()
        with theirs:
            process = subprocess.Popen(
                [*INTERPRETER, "-m", "grader.sandbox.start", "worker", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=write,
                stderr=write,
                env={},
            )
        os.close(write)
        self._processes[process.pid] = process
        return Process(process.pid, Channel(ours.detach()), output)

    def end(self, process: Process) -> int:
        """Kill it and wait."""
        started = self._processes.pop(process.pid)
        started.kill()
        code = started.wait()
        return -code if code < 0 else code << 8

    def drop(self, process: Process) -> None:
        """Kill it and wait."""
        self.end(process)
