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
import struct
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import torch

from grader.bank import Bank
from grader.judge import Check, rehearse, rehearse_mistakes
from grader.sandbox.kernel import PR_SET_PDEATHSIG, prctl
from grader.sandbox.values import DTYPE_NAMES, DTYPES, device_of

# A rehearsal that takes longer than this many seconds is given up.
PATIENCE = 60
# A runner's note that a check failed: the seed, and the number of the check.
NOTE = struct.Struct("<qi")
# Of how many seeds all of it is kept, the latest ones. A batch has one; whoever tries several goes
# from one to the next, and fifty would fill a gigabyte.
SEEDS_KEPT = 3


@dataclass
class Use:
    """How often jobs had a seed, and how often each check, by its number, failed in them."""

    jobs: int = 0
    failures: Counter[int] = field(default_factory=Counter)


class Rehearsals:
    """Fills a bank. Whoever waits for jobs waits for `selector`, and calls what it finds there."""

    def __init__(
        self, bank: Bank, checks: Sequence[Check], device: str, selector: selectors.BaseSelector
    ) -> None:
        self._bank = bank
        self._checks = checks
        self._device = device
        self._selector = selector
        self._uses: dict[int, Use] = {}
        reading, self._notes = os.pipe()
        os.set_blocking(self._notes, False)
        selector.register(reading, selectors.EVENT_READ, lambda: self._read_notes(reading))

    def note_job(self, seed: int) -> None:
        """Have the reference rehearse, once a seed comes for the second time."""
        use = self._use(seed)
        use.jobs += 1
        if use.jobs == 2:
            self._start(seed, self._checks, lambda check: rehearse(self._bank, check, seed))

    def _use(self, seed: int) -> Use:
        """The use of a seed; a new one takes the place of the oldest."""
        if seed not in self._uses:
            self._uses[seed] = Use()
            for oldest in list(self._uses)[:-SEEDS_KEPT]:
                del self._uses[oldest]
                self._bank.forget(oldest)
        return self._uses[seed]

    def note_failures(self, seed: int, failed: Sequence[str]) -> None:
        """In the runner of a job: tell which checks failed, if there is room for that."""
        numbers = [i for i, check in enumerate(self._checks) if check.id in failed]
        with contextlib.suppress(BlockingIOError):
            for number in numbers:
                os.write(self._notes, NOTE.pack(seed, number))

    def _read_notes(self, reading: int) -> None:
        """Have the wrong answers rehearse a check, once it has failed for the second time."""
        seed, number = NOTE.unpack(os.read(reading, NOTE.size))
        self._bank.wrong_answers(self._checks[number].task)  # imported here, they need not be again
        failures = self._use(seed).failures
        failures[number] += 1
        if failures[number] == 2:
            self._start(
                seed,
                self._checks[number : number + 1],
                lambda check: rehearse_mistakes(self._bank, check, seed, self._device),
            )

    def _start(
        self, seed: int, checks: Sequence[Check], rehearsal: Callable[[Check], None]
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
            reading, selectors.EVENT_READ, lambda: self._read(seed, reading, arrived)
        )

    def _read(self, seed: int, reading: int, arrived: bytearray) -> None:
        some = os.read(reading, 1 << 16)
        arrived += some
        if some:
            return
        self._selector.unregister(reading)
        os.close(reading)
        with contextlib.suppress(EOFError, pickle.UnpicklingError), io.BytesIO(arrived) as file:
            while seed in self._uses:
                _put_into(self._bank, file)


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


def _put_into(bank: Bank, file: BinaryIO) -> None:
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
