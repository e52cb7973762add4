"""The runner's side of a worker: start one, ask it, notice when it does not answer properly."""

import os
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

from grader.errors import SandboxError
from grader.sandbox import forkserver, wire
from grader.sandbox.frames import Channel, FrameError, PeerClosed
from grader.sandbox.limits import LimitExceeded, Watch, WorkerLimits
from grader.sandbox.proxy import (
    Failure,
    Garbled,
    Interrupted,
    Resolve,
    failure_from,
    reference_of,
)

# Python itself, without the user's variables and without the folder it is started from.
INTERPRETER = (sys.executable, "-E", "-P")

# How long a worker may take to begin: a fresh interpreter imports torch first.
STARTING_SECONDS = 120.0
NO_ANSWER = "sent something that is no answer to the question"
# What is left of a check's time after another one of the same task ran out of it.
IMPATIENCE = 5


class WorkerLost(Interrupted):
    """The worker is gone, and the check with it. `status` is the check's status."""

    def __init__(self, status: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


class ForbiddenOperator(Interrupted):
    """A forbidden operator was run; `line` is where, if that is known."""

    def __init__(self, operator: str, line: int | None) -> None:
        super().__init__(operator)
        self.operator = operator
        self.line = line


class ImportFailed(Interrupted):
    """The submission cannot be imported."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.message)
        self.failure = failure


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


@dataclass(frozen=True)
class Setup:
    """What a worker is told before it is asked anything. `layers` are `(name, file, source)`."""

    level: str
    limits: WorkerLimits
    layers: Sequence[tuple[str, str, str]]
    operators: Sequence[str]
    seed: int


class Remote:
    """Asks a worker; starts it when it is needed, and anew after it was lost."""

    def __init__(self, workers: Workers, setup: Setup, scratch: Path) -> None:
        self._workers = workers
        self._setup = setup
        self._scratch = scratch
        self._started = 0
        self._timed_out = False
        self._live: tuple[Process, Watch] | None = None
        self._output = ""

    def ask(self, request: dict[str, Any], resolve: Resolve) -> Any:
        """As `Transport.ask`. Raises `WorkerLost`, `ForbiddenOperator`, `ImportFailed`."""
        number = secrets.randbits(48)
        reply = self._converse({"number": number, **request}, resolve, keep=reference_of)
        match reply:
            case {"number": int(n), "answer": answer, "forbidden": list(notes)} if n == number:
                pass
            case _:
                raise self._lose("crashed", NO_ANSWER)
        for note in notes:
            match note:
                case [str(operator), int() | None as line]:
                    raise ForbiddenOperator(operator, line)
        return answer

    def start(self) -> tuple[Process, Watch]:
        """Have a worker that has imported the submission."""
        if self._live is not None:
            return self._live
        self._started += 1
        scratch = self._scratch / f"{self._started}"
        scratch.mkdir(parents=True)
        process = self._workers.start()
        watch = Watch(process.pid, process.output, scratch, self._setup.limits)
        self._live = process, watch
        watch.begin(STARTING_SECONDS)
        self._lock_in(scratch)
        watch.begin()
        self._load()
        return self._live

    def begin_check(self) -> None:
        """Have a worker, and start the clock of a check.

        Once a check of a task ran out of time, the others have a fraction of it: enough for one
        that works, and an endless loop does not cost its limit again and again.
        """
        _, watch = self.start()
        seconds = self._setup.limits.seconds
        watch.begin(seconds / IMPATIENCE if self._timed_out else seconds)

    def take_output(self) -> str:
        """What was printed since the last time."""
        printed, self._output = self._output, ""
        return printed + (self._live[1].take_output() if self._live is not None else "")

    def close(self) -> int:
        """End the worker, if there is one; its wait status."""
        if self._live is None:
            return 0
        (process, watch), self._live = self._live, None
        status = self._workers.end(process)
        self._output += watch.take_output()
        process.channel.close()
        os.close(process.output)
        return status

    def _lock_in(self, scratch: Path) -> None:
        level, limits = self._setup.level, asdict(self._setup.limits)
        setup = {"level": level, "limits": limits, "scratch": str(scratch)}
        match self._converse(setup, _no_objects):
            case {"locked": str(reached)} if reached == level:
                return
            case answer:
                raise SandboxError(_refused(level, answer))

    def _load(self) -> None:
        names = ("name", "file", "source")
        load = {
            "layers": [dict(zip(names, layer, strict=True)) for layer in self._setup.layers],
            "operators": [*self._setup.operators],
            "seed": self._setup.seed,
        }
        match self._converse(load, _no_objects):
            case {"imported": True}:
                return
            case {"error": dict(error)}:
                self.close()
                raise ImportFailed(failure_from(error))
            case _:
                raise self._lose("crashed", NO_ANSWER)

    def _converse(self, message: Any, resolve: Resolve, **how: Any) -> Any:
        process, watch = self.start()
        try:
            wire.send(process.channel, message, waiter=watch, **how)
            return wire.receive(process.channel, waiter=watch, resolve=resolve)
        except LimitExceeded as error:
            self._timed_out = error.status == "timeout"
            raise self._lose(error.status, str(error)) from error
        except PeerClosed as error:
            raise WorkerLost(*_cause_of_death(self.close())) from error
        except FrameError as error:
            raise self._lose("crashed", f"sent something unreadable ({error})") from error

    def _lose(self, status: str, message: str) -> WorkerLost:
        self.close()
        return WorkerLost(status, message)


def _no_objects(reference: wire.Reference) -> object:
    raise Garbled("an object where none can be")


def _refused(level: str, answer: object) -> str:
    reason = answer.get("refused") if isinstance(answer, dict) else None
    return (
        f"The isolation {level!r} cannot be had: {reason or 'the worker did not lock itself in'}. "
        "Run `grade doctor` to see what this machine offers."
    )


def _cause_of_death(status: int) -> tuple[str, str]:
    """The check's status and a sentence, from a worker's wait status."""
    if os.WIFEXITED(status):
        return "crashed", f"ended its process (exit status {os.WEXITSTATUS(status)})"
    number = os.WTERMSIG(status)
    if number == signal.SIGXCPU:
        return "timeout", "used up its processor time"
    if number == signal.SIGKILL:
        return "memory", "was killed by the system, most likely because memory ran out"
    name = signal.Signals(number).name
    return "crashed", f"crashed its process ({name})"
