"""What a worker may use, enforced from inside by the kernel and watched from outside.

Time is charged fairly: what a busy machine keeps a worker waiting for the processor is not held
against it. Linux tells this per process (`/proc/PID/schedstat`); elsewhere the wall clock counts.
"""

import os
import resource
import select
import time
from dataclasses import dataclass
from pathlib import Path

MEGABYTE = 1 << 20
# How often a waiting runner looks at what the worker uses.
TICK_MS = 50
# Whatever is charged, no check lasts longer than this many times its limit.
PATIENCE = 6
# What part of its time a check has after none, one, or more of the same task ran out of it, and
# the seconds that it has in any case.
IMPATIENCE, LEAST_SECONDS = (1, 5, 10), 0.5


@dataclass(frozen=True)
class WorkerLimits:
    """The limits of one worker; those with defaults are the same for everyone."""

    seconds: float
    memory_mb: int
    scratch_mb: int = 64
    scratch_files: int = 1_000
    file_mb: int = 32
    descriptors: int = 64
    threads: int = 64
    output: int = 64 << 10


def time_left(seconds: float, timeouts: int) -> float:
    """What a check has of its `seconds` after so many others of its task ran out of time.

    It is enough for one that works, and an endless loop does not cost its limit again and again.
    """
    part = seconds / IMPATIENCE[min(timeouts, len(IMPATIENCE) - 1)]
    return max(part, min(seconds, LEAST_SECONDS))


class LimitExceeded(Exception):
    """A worker used too much of something; the message says of what.

    `status` is the status of the check in which it happened.
    """

    def __init__(self, status: str, message: str) -> None:
        super().__init__(message)
        self.status = status


def apply(limits: WorkerLimits, *, cpu_seconds: int, device: str) -> None:
    """Set the kernel's limits for the calling process.

    Memory is counted from what is mapped now, since torch alone maps 600 MB. With an accelerator
    it is not limited: a driver maps the whole of the device's memory.
    """
    mapped = _mapped_bytes()
    if mapped and device == "cpu":
        _set(resource.RLIMIT_AS, mapped + limits.memory_mb * MEGABYTE)
    _set(resource.RLIMIT_CPU, cpu_seconds)
    _set(resource.RLIMIT_FSIZE, limits.file_mb * MEGABYTE)
    _set(resource.RLIMIT_NOFILE, limits.descriptors)
    _set(resource.RLIMIT_CORE, 0)


def _set(what: int, value: int) -> None:
    resource.setrlimit(what, (value, value))


def _mapped_bytes() -> int:
    """The address space of this process; 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


class Watch:
    """Waits for a worker, reads what it prints, and raises `LimitExceeded` when it overdoes.

    One watch serves a worker for its whole life; `begin` starts the clock of a request.
    """

    def __init__(self, pid: int, output: int, scratch: Path, limits: WorkerLimits) -> None:
        os.set_blocking(output, False)
        self.pid = pid
        self.output = output
        self.scratch = scratch
        self.limits = limits
        self._printed = bytearray()
        self._seconds = limits.seconds
        self._started = 0.0
        self._kept_waiting = 0.0
        self._next_look = 0.0

    def begin(self, seconds: float | None = None) -> None:
        """Start to count the time of a check; `seconds` where it has less than the limit."""
        self._seconds = seconds or self.limits.seconds
        self._started = time.monotonic()
        self._kept_waiting = self._waited()
        self._next_look = self._started + TICK_MS / 1000

    def wait(self, fd: int, events: int) -> None:
        """Return when `fd` is ready. Raises `LimitExceeded`."""
        poll = select.poll()
        poll.register(fd, events)
        poll.register(self.output, select.POLLIN)
        while True:
            ready = dict(poll.poll(TICK_MS))
            if self.output in ready and not self._read_output():
                poll.unregister(self.output)
            if time.monotonic() >= self._next_look:
                self._next_look = time.monotonic() + TICK_MS / 1000
                self._look()
            if fd in ready:
                return

    def take_output(self) -> str:
        """What the worker printed since it was last asked, cut at the limit."""
        self._read_output()
        text = self._printed[: self.limits.output].decode("utf-8", "replace")
        if len(self._printed) > self.limits.output:
            text += f"\n… (cut: it printed more than {self.limits.output >> 10} KiB)"
        self._printed.clear()
        return text

    def _read_output(self) -> bool:
        """Read what is there, keep what fits; False at the end of it."""
        try:
            data = os.read(self.output, 1 << 16)
        except BlockingIOError:
            return True
        room = self.limits.output + 1 - len(self._printed)
        self._printed += data[: max(room, 0)]
        return bool(data)

    def _look(self) -> None:
        limits = self.limits
        elapsed = time.monotonic() - self._started
        charged = elapsed - (self._waited() - self._kept_waiting)
        if charged > self._seconds or elapsed > self._seconds * PATIENCE:
            raise LimitExceeded("timeout", self._out_of_time())
        if self._threads() > limits.threads:
            raise LimitExceeded("crashed", f"started more than {limits.threads} threads")
        files, size = _measure(self.scratch, limits.scratch_files)
        if size > limits.scratch_mb * MEGABYTE:
            raise LimitExceeded("crashed", f"wrote more than {limits.scratch_mb} MB to files")
        if files > limits.scratch_files:
            raise LimitExceeded("crashed", f"wrote more than {limits.scratch_files:,} files")

    def _out_of_time(self) -> str:
        told = f"was still running after {self._seconds:g} s"
        if self._seconds < self.limits.seconds:
            told += ", which is all that it had: another check of this task ran out of time"
        return told

    def _waited(self) -> float:
        """Seconds that the worker was ready to run but was kept from it."""
        try:
            return int(Path(f"/proc/{self.pid}/schedstat").read_text().split()[1]) / 1e9
        except (OSError, IndexError, ValueError):
            return 0.0

    def _threads(self) -> int:
        try:
            return len(os.listdir(f"/proc/{self.pid}/task"))
        except OSError:
            return 1


def _measure(folder: Path, enough: int) -> tuple[int, int]:
    """How many files there are, and their size in bytes; counting stops after `enough`."""
    count = size = 0
    pending = [folder]
    while pending and count <= enough:
        try:
            with os.scandir(pending.pop()) as entries:
                for entry in entries:
                    count += 1
                    size += entry.stat(follow_symlinks=False).st_size
                    if entry.is_dir(follow_symlinks=False):
                        pending.append(Path(entry.path))
                    if count > enough:
                        break
        except FileNotFoundError:  # it went away while we looked
            continue
        except OSError:  # what cannot be looked into, being too deep, may hold anything
            return enough + 1, size
    return count, size
