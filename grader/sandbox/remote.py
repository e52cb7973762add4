"""The runner's side of a worker: start one, ask it, notice when it does not answer properly."""

import os
import secrets
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

from grader.errors import SandboxError
from grader.sandbox import values, whereabouts, wire
from grader.sandbox.failure import Failure, Garbled, Interrupted, failure_from
from grader.sandbox.frames import FrameError, PeerClosed, TooLarge
from grader.sandbox.limits import LimitExceeded, Watch, WorkerLimits, time_left
from grader.sandbox.proxy import Resolve, reference_of
from grader.sandbox.workers import Process, Workers

T = TypeVar("T")
# How long a worker may take to begin: a fresh interpreter imports torch first.
STARTING_SECONDS = 120.0
NO_ANSWER = "sent something that is no answer to the question"


class WorkerLost(Interrupted):
    """The worker is gone, and the check with it. `status` is the check's status.

    `line` is where in the submission it was, if that is known.
    """

    def __init__(self, status: str, message: str, line: int | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.line = line


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
class Setup:
    """What a worker is told before it is asked anything.

    `layers` are `(name, file, source)`, `operators` those that the trap is set for.
    """

    level: str
    device: str
    limits: WorkerLimits
    layers: Sequence[tuple[str, str, str]]
    operators: Sequence[str]
    seed: int


class Remote:
    """Asks a worker; starts it when it is needed, and anew after it was lost.

    From `trapped` come workers whose trap is set before they import anything; `workers` are needed
    where a submission runs into it while it is imported, which it may.
    """

    def __init__(
        self, workers: Workers, trapped: Workers | None, setup: Setup, scratch: Path
    ) -> None:
        self._plain = workers
        self._trapped = trapped
        self._setup = setup
        self._scratch = scratch
        self._started = 0
        self._timeouts = 0
        self._live: tuple[Process, Watch] | None = None
        self._pending: list[Callable[[object], None]] = []
        self._output = ""

    @property
    def _workers(self) -> Workers:
        return self._plain if self._trapped is None else self._trapped

    def ask(self, request: dict[str, Any], resolve: Resolve) -> Any:
        """As `Transport.ask`. Raises `WorkerLost`, `ForbiddenOperator`, `ImportFailed`."""
        self.start()
        number = secrets.randbits(48)
        self._send({"number": number, **request}, keep=reference_of)
        reply = self._receive(resolve)
        match reply:
            case {"number": int(n), "answer": answer, "forbidden": list(notes)} if n == number:
                pass
            case _:
                raise self._lose("crashed", NO_ANSWER)
        for note in notes:
            match note:
                case [str(operator), line] if line is None or type(line) is int:
                    raise ForbiddenOperator(operator, line)
        return answer

    def prepare(self) -> None:
        """Have a worker begin to lock itself in and to import; do not wait for it."""
        if self._live is not None:
            return
        self._started += 1
        scratch = self._scratch / f"{self._started}"
        scratch.mkdir(parents=True)
        process = self._workers.start()
        self._live = process, Watch(process.pid, process.output, scratch, self._setup.limits)
        self._pending = [self._check_locked, self._check_imported]
        # Two frames that fit into the socket, whether or not the worker reads already: if the
        # submission is no large one. Then this waits, while the clock runs as for a start.
        self._live[1].begin(STARTING_SECONDS)
        self._send(self._lock_request(scratch))
        self._send(self._load_request())

    def start(self) -> tuple[Process, Watch]:
        """Have a worker that has imported the submission."""
        self.prepare()
        while self._pending:
            assert self._live is not None
            # No student code runs before a worker is locked in.
            self._live[1].begin(STARTING_SECONDS if len(self._pending) == 2 else None)
            self._pending.pop(0)(self._receive(_no_objects))
        assert self._live is not None
        return self._live

    def begin_check(self) -> None:
        """Have a worker, and start the clock of a check.

        Once a check of a task ran out of time, the others have less of it.
        """
        _, watch = self.start()
        watch.begin(time_left(self._setup.limits.seconds, self._timeouts))

    def take_output(self) -> str:
        """What was printed since the last time."""
        printed, self._output = self._output, ""
        return printed + (self._live[1].take_output() if self._live is not None else "")

    def close(self) -> None:
        """Do without the worker, if there is one."""
        if self._live is not None:
            self._output += self._live[1].take_output()
            self._workers.drop(self._live[0])
            self._disconnect()

    def _end(self, how: Callable[[Process], T]) -> T | None:
        """Make sure that the worker is gone; what `how` tells of that."""
        if self._live is None:
            return None
        process, watch = self._live
        told = how(process)
        self._output += watch.take_output()
        self._disconnect()
        return told

    def _disconnect(self) -> None:
        if self._live is not None:
            process, self._live = self._live[0], None
            process.channel.close()
            os.close(process.output)

    def _lock_request(self, scratch: Path) -> dict[str, Any]:
        limits = asdict(self._setup.limits)
        return {
            "level": self._setup.level,
            "device": self._setup.device,
            "limits": limits,
            "scratch": str(scratch),
        }

    def _check_locked(self, answer: object) -> None:
        match answer:
            case {"locked": str(level)} if level == self._setup.level:
                return
        raise SandboxError(_refused(self._setup.level, answer))

    def _load_request(self) -> dict[str, Any]:
        names = ("name", "file", "source")
        return {
            "layers": [dict(zip(names, layer, strict=True)) for layer in self._setup.layers],
            "trap": {
                "operators": list(self._setup.operators) if self._trapped is None else [],
                "device": self._setup.device,
            },
            "seed": self._setup.seed,
        }

    def _check_imported(self, answer: object) -> None:
        match answer:
            case {"imported": True}:
                return
            case {"trapped": True} if self._trapped is not None:
                self.close()
                self._trapped = None
                self.take_output()  # all of it will come again
                self.prepare()
                return
            case {"error": dict(error)}:
                self.close()
                raise ImportFailed(failure_from(error))
        raise self._lose("crashed", NO_ANSWER)

    def _send(self, message: Any, **how: Any) -> None:
        with self._alive() as (process, watch):
            wire.send(process.channel, message, waiter=watch, **how)

    def _receive(self, resolve: Resolve) -> Any:
        with self._alive() as (process, watch):
            return wire.receive(process.channel, waiter=watch, resolve=resolve)

    @contextmanager
    def _alive(self) -> Iterator[tuple[Process, Watch]]:
        """The worker, for as long as it behaves; `WorkerLost` when it does not."""
        assert self._live is not None
        try:
            yield self._live
        except LimitExceeded as error:
            line = None
            if error.status == "timeout":
                self._timeouts += 1
                line = self._whereabouts()
            raise self._lose(error.status, str(error), line) from error
        except PeerClosed as error:
            raise WorkerLost(*_cause_of_death(self._end(self._workers.cause_of_end))) from error
        except TooLarge as error:
            told = f"gave a result of {error.size / 1e6:,.0f} MB; an answer needs far less"
            raise self._lose("crashed", told) from error
        except FrameError as error:
            raise self._lose("crashed", f"sent something unreadable ({error})") from error

    def _whereabouts(self) -> int | None:
        """The line that a worker is in which does not come to an end."""
        assert self._live is not None
        process, watch = self._live
        files = [file for _, file, _ in self._setup.layers]
        printed, line = whereabouts.ask(process.pid, watch.take_output, files)
        self._output += printed
        return line

    def _lose(self, status: str, message: str, line: int | None = None) -> WorkerLost:
        self._end(self._workers.end)
        return WorkerLost(status, message, line)


def _no_objects(reference: values.Reference) -> object:
    raise Garbled("an object where none can be")


def _refused(level: str, answer: object) -> str:
    reason = answer.get("refused") if isinstance(answer, dict) else None
    return (
        f"The isolation {level!r} cannot be had: {reason or 'the worker did not lock itself in'}. "
        "Run `grade doctor` to see what this machine offers."
    )


def _cause_of_death(status: int | None) -> tuple[str, str]:
    """The check's status and a sentence, from a worker's wait status; None if it went on."""
    if status is None:
        return "crashed", "closed its connection to the grader"
    if os.WIFEXITED(status):
        return "crashed", f"ended its process (exit status {os.WEXITSTATUS(status)})"
    number = os.WTERMSIG(status)
    if number == signal.SIGXCPU:
        return "timeout", "used up its processor time"
    if number == signal.SIGKILL:
        return "memory", "was killed by the system, most likely because memory ran out"
    known = {one.value: one.name for one in signal.Signals}  # those of real time have no name
    return "crashed", f"crashed its process ({known.get(number, f'signal {number}')})"
