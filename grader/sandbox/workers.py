"""Where a runner gets its workers from: the forkserver, or fresh interpreters."""

import os
import socket
import subprocess
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from grader.errors import RunnerLost
from grader.sandbox import forkserver
from grader.sandbox.frames import Channel
from grader.sandbox.ignite import ENTRY, ENVIRONMENT, INTERPRETER

GONE = "The forkserver went away. Run the command again."


@dataclass(frozen=True)
class Process:
    """A worker that has been started: its channel, and the pipe of what it prints."""

    pid: int
    channel: Channel
    output: int


class Workers(Protocol):
    """Where workers come from. One is like the other until it is told what to do."""

    def trapped(self, operators: Sequence[str], device: str) -> "Workers | None":
        """Where those come from whose trap is set for some operators already; None if nowhere."""

    def order(self) -> None:
        """Have a worker made; `start` will give it."""

    def start(self) -> Process:
        """A worker that waits for its setup."""

    def end(self, process: Process) -> None:
        """Make sure that a worker is gone."""

    def cause_of_end(self, process: Process) -> int | None:
        """The wait status of a worker that hung up; None when it went on, and had to be ended."""

    def drop(self, process: Process) -> None:
        """Have a worker end that nobody needs any more."""


class ForkedWorkers:
    """Workers from the forkserver at the other end of a socket: in some milliseconds.

    Raises `RunnerLost` and ConnectionError once that is gone.
    """

    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self._ordered = 0
        self._made: deque[Process] = deque()

    def trapped(self, operators: Sequence[str], device: str) -> "ForkedWorkers":
        """Workers from a branch of the forkserver."""
        ours, theirs = socket.socketpair()
        text = "\n".join([device, *operators]).encode()
        with theirs:
            socket.send_fds(self._connection, [forkserver.TRAPPED], [theirs.fileno()])
        self._connection.sendall(forkserver.LENGTH.pack(len(text)) + text)
        return ForkedWorkers(ours)

    def order(self) -> None:
        """Have a worker forked, without waiting for that."""
        self._connection.send(forkserver.WORKER)
        self._ordered += 1

    def start(self) -> Process:
        """A worker that was ordered, or another."""
        if not self._made:
            if not self._ordered:
                self.order()
            self._take()
        return self._made.popleft()

    def _take(self) -> None:
        """Wait for a worker that was ordered."""
        size = forkserver.PID.size
        message, descriptors, _, _ = socket.recv_fds(self._connection, size, 2)
        if len(descriptors) != 2:
            raise RunnerLost(GONE)
        (pid,) = forkserver.PID.unpack(message)
        self._ordered -= 1
        self._made.append(Process(pid, Channel(descriptors[0]), descriptors[1]))

    def end(self, process: Process) -> None:
        """Have it killed and reaped."""
        self._asked(forkserver.END, process)

    def cause_of_end(self, process: Process) -> int | None:
        """Have it reaped, or killed after a while."""
        status = self._asked(forkserver.AWAIT, process)
        return None if status == forkserver.STILL_ALIVE else status

    def _asked(self, what: bytes, process: Process) -> int:
        while self._ordered:
            self._take()  # what was asked for first is answered first
        self._connection.send(what + forkserver.PID.pack(process.pid))
        reply = self._connection.recv(forkserver.ENDED.size, socket.MSG_WAITALL)
        if len(reply) < forkserver.ENDED.size:
            raise RunnerLost(GONE)
        status: int = forkserver.ENDED.unpack(reply)[1]
        return status

    def drop(self, process: Process) -> None:
        """Have it killed and reaped, without waiting for that."""
        self._connection.send(forkserver.DROP + forkserver.PID.pack(process.pid))


class FreshWorkers:
    """Workers as fresh interpreters: wherever there is no fork, or none that is safe."""

    def __init__(self) -> None:
        self._processes: dict[int, subprocess.Popen[bytes]] = {}
        self._made: deque[Process] = deque()

    def trapped(self, operators: Sequence[str], device: str) -> None:
        """Nowhere: each sets its trap itself."""

    def start(self) -> Process:
        """A worker that was ordered, or another."""
        if not self._made:
            self.order()
        return self._made.popleft()

    def order(self) -> None:
        """Start an interpreter with an emptied environment."""
        ours, theirs = socket.socketpair()
        output, write = os.pipe()
        with theirs:
            process = subprocess.Popen(
                [*INTERPRETER, *ENTRY, "worker", str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=write,
                stderr=write,
                env=ENVIRONMENT,
            )
        os.close(write)
        self._processes[process.pid] = process
        self._made.append(Process(process.pid, Channel(ours.detach()), output))

    def end(self, process: Process) -> None:
        """Kill it and wait."""
        started = self._processes.pop(process.pid)
        started.kill()
        started.wait()

    def cause_of_end(self, process: Process) -> int | None:
        """Wait for it a while, then kill it."""
        started = self._processes[process.pid]
        try:
            code = started.wait(forkserver.DYING_SECONDS)
        except subprocess.TimeoutExpired:
            self.end(process)
            return None
        del self._processes[process.pid]
        return -code if code < 0 else code << 8

    def drop(self, process: Process) -> None:
        """Kill it and wait."""
        self.end(process)
