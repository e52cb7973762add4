"""What a kept runner knows before a submission comes: what the reference and the mistakes give.

Where many jobs have one seed, as in a batch, none of this depends on the submission. It is worked
out beside the jobs, in children that have seen no submission, so that what they hand back is ours:
not in the kept runner itself, since a process that has run a backward pass of torch cannot be
forked, and not in the runners of the jobs, which read what student code sends.
"""

import contextlib
import copyreg
import io
import os
import pickle
import selectors
import signal
import socket
import struct
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import torch

from grader.bank import Bank
from grader.judge import Check, rehearse, rehearse_mistakes
from grader.sandbox.kernel import PR_SET_PDEATHSIG, prctl
from grader.sandbox.values import DTYPE_NAMES, DTYPES, device_of

# A rehearsal that takes longer than this many seconds is given up.
PATIENCE = 60
# What the runner of a job asks for: the seed, and the number of a check.
REQUEST = struct.Struct("<qI")
# It is answered by a byte, and a descriptor of a file beside it.
ANSWER = b"A"
# Of how many seeds all of it is kept, the latest ones. A batch has one; whoever tries several goes
# from one to the next, and fifty would fill a gigabyte.
SEEDS_KEPT = 3

# What the wrong answers do with a seed in a check, by its number, as it was written down.
Mistakes = dict[tuple[int, int], bytes]


class Rehearsals:
    """Fills a bank, and answers the runners of jobs that ask for more.

    Whoever waits for jobs waits for `selector`, and calls what it finds there.
    """

    def __init__(
        self, bank: Bank, checks: Sequence[Check], device: str, selector: selectors.BaseSelector
    ) -> None:
        self._bank = bank
        self._checks = checks
        self._device = device
        self._selector = selector
        self._jobs: Counter[int] = Counter()
        self._mistakes: Mistakes = {}
        self._connections: set[socket.socket] = set()
        self._waiting: dict[tuple[int, int], list[socket.socket]] = defaultdict(list)

    def note_job(self, seed: int) -> None:
        """Have the reference rehearse, once a seed comes for the second time."""
        self._jobs[seed] += 1
        for oldest in list(self._jobs)[:-SEEDS_KEPT]:
            self._forget(oldest)
        if self._jobs[seed] == 2:
            self._start(
                self._checks,
                lambda check: rehearse(self._bank, check, seed),
                lambda written: self._learn(seed, written),
            )

    def _forget(self, seed: int) -> None:
        del self._jobs[seed]
        self._bank.forget(seed)
        self._mistakes = {key: text for key, text in self._mistakes.items() if key[0] != seed}

    def _learn(self, seed: int, written: bytes) -> None:
        if seed in self._jobs:
            _put_into(self._bank, written)

    def connection(self) -> socket.socket:
        """A socket at which the runner of a job asks for mistakes."""
        ours, theirs = socket.socketpair(type=socket.SOCK_SEQPACKET)
        self._connections.add(ours)
        self._selector.register(ours, selectors.EVENT_READ, lambda: self._serve(ours))
        return theirs

    def prompter(self, connection: socket.socket) -> "Prompter":
        """In the runner of a job: what it asks, and what it need not ask for."""
        for other in self._connections:
            other.close()
        return Prompter(connection, self._bank, self._checks, self._mistakes)

    def _serve(self, connection: socket.socket) -> None:
        """Have a check rehearsed by the wrong answers, unless that was done or is being done."""
        request = b""
        with contextlib.suppress(ConnectionError):  # it was ended before it read an answer
            request = connection.recv(REQUEST.size)
        if len(request) < REQUEST.size:  # the job is done
            self._selector.unregister(connection)
            self._connections.remove(connection)
            connection.close()
            return
        seed, number = key = REQUEST.unpack(request)
        if key in self._mistakes:
            _answer(connection, self._mistakes[key])
            return
        self._waiting[key].append(connection)
        if len(self._waiting[key]) > 1:
            return
        check = self._checks[number]
        self._bank.wrong_answers(check.task)  # imported here, they need not be again
        self._start(
            [check],
            lambda check: rehearse_mistakes(self._bank, check, seed, self._device),
            lambda written: self._tell(key, written),
        )

    def _tell(self, key: tuple[int, int], written: bytes) -> None:
        if key[0] in self._jobs:
            self._mistakes[key] = written
        for connection in self._waiting.pop(key):
            _answer(connection, written)

    def _start(
        self,
        checks: Sequence[Check],
        rehearsal: Callable[[Check], None],
        done: Callable[[bytes], None],
    ) -> None:
        reading, writing = os.pipe()
        if os.fork() == 0:
            prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
            os.close(reading)
            signal.alarm(PATIENCE)
            for store in (self._bank.known, self._bank.mistaken):
                store.clear()  # the parent has these
            with open(writing, "wb") as file:
                for check in checks:
                    # One that needs more than words, or is broken, is done for each job.
                    with contextlib.suppress(Exception):
                        rehearsal(check)
                    file.writelines(_taken_from(self._bank))
            os._exit(0)
        os.close(writing)
        arrived = bytearray()
        self._selector.register(
            reading, selectors.EVENT_READ, lambda: self._read(reading, arrived, done)
        )

    def _read(self, reading: int, arrived: bytearray, done: Callable[[bytes], None]) -> None:
        some = os.read(reading, 1 << 16)
        arrived += some
        if not some:
            self._selector.unregister(reading)
            os.close(reading)
            done(bytes(arrived))


class Prompter:
    """Has the bank of a job's runner know what was worked out elsewhere, once for all jobs."""

    def __init__(
        self,
        connection: socket.socket,
        bank: Bank,
        checks: Sequence[Check],
        mistakes: Mistakes,
    ) -> None:
        self._connection = connection
        self._bank = bank
        self._numbers = {check.id: number for number, check in enumerate(checks)}
        self._mistakes = mistakes

    def bring(self, check: Check, seed: int) -> None:
        """Have the bank know what the wrong answers do in a check, if that can be had."""
        key = seed, self._numbers[check.id]
        written = self._mistakes.get(key)
        _put_into(self._bank, self._asked(key) if written is None else written)

    def _asked(self, key: tuple[int, int]) -> bytes:
        with contextlib.suppress(ConnectionError):  # then it is worked out here
            self._connection.send(REQUEST.pack(*key))
            _, descriptors, _, _ = socket.recv_fds(self._connection, len(ANSWER), 1)
            for descriptor in descriptors:
                with open(descriptor, "rb") as file:
                    return file.read()
        return b""


def _answer(connection: socket.socket, written: bytes) -> None:
    """Send what may be too much for a socket, without waiting until it is read."""
    with open(os.memfd_create("mistakes"), "w+b") as file:
        file.write(written)
        file.seek(0)
        with contextlib.suppress(OSError):  # the job has ended, and its connection may be closed
            socket.send_fds(connection, [ANSWER], [file.fileno()])


def _taken_from(bank: Bank) -> Iterator[bytes]:
    """Every entry of a bank, as bytes; the bank is empty afterwards."""
    for name, store in (("known", bank.known), ("mistaken", bank.mistaken)):
        for key, value in store.items():
            written = io.BytesIO()
            # An object that cannot leave its process is made anew for each job.
            with contextlib.suppress(Exception):
                _Pickler(written).dump((name, key, value))
                yield written.getvalue()
        store.clear()


def _put_into(bank: Bank, written: bytes) -> None:
    """What was taken from another bank, as far as it was written."""
    file = io.BytesIO(written)
    with contextlib.suppress(EOFError, pickle.UnpicklingError):
        while True:
            name, key, value = pickle.load(file)
            getattr(bank, name)[key] = value


class _Pickler(pickle.Pickler):
    """Writes tensors as their bytes: torch's own way takes a hundred times as long."""

    dispatch_table = copyreg.dispatch_table | {torch.Tensor: lambda tensor: _as_bytes(tensor)}


def _as_bytes(tensor: torch.Tensor) -> tuple[Any, ...]:
    flat = tensor.contiguous().reshape(-1).view(torch.uint8)
    described = (DTYPE_NAMES[tensor.dtype], tuple(tensor.shape), device_of(tensor))
    return _from_bytes, (bytes(flat.numpy()), *described)


def _from_bytes(data: bytes, dtype: str, shape: tuple[int, ...], lived_on: str) -> torch.Tensor:
    kind = DTYPES[dtype]
    flat = torch.frombuffer(bytearray(data), dtype=kind) if data else torch.empty(0, dtype=kind)
    tensor = flat.reshape(shape)
    tensor.lived_on = lived_on  # type: ignore[attr-defined]
    return tensor
