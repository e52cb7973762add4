"""The system-call filter, run by a small interpreter of what the kernel runs."""

import re
import struct
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from grader.sandbox import seccomp

MACHINES = ("x86_64", "aarch64")
Numbers = tuple[int | None, int | None]
# The kernel's own lists. aarch64 uses the generic one, which every machine has.
HEADERS = {
    "x86_64": Path("/usr/include/x86_64-linux-gnu/asm/unistd_64.h"),
    "aarch64": Path("/usr/include/asm-generic/unistd.h"),
}
SPECIAL = {
    "clone": seccomp.CLONE, "clone3": seccomp.CLONE3, "prctl": seccomp.PRCTL,
    "prlimit64": seccomp.PRLIMIT, "tgkill": seccomp.TGKILL, "seccomp": seccomp.SECCOMP,
}  # fmt: skip
TABLES = seccomp.DENIED | SPECIAL
# What torch and Python cannot do without: numbers from the kernel's lists, not from our tables.
NEEDED = {
    "read": (0, 63), "write": (1, 64), "readv": (19, 65), "writev": (20, 66), "close": (3, 57),
    "openat": (257, 56), "fstat": (5, 80), "lseek": (8, 62), "mmap": (9, 222), "munmap": (11, 215),
    "mprotect": (10, 226), "brk": (12, 214), "madvise": (28, 233), "futex": (202, 98),
    "sched_yield": (24, 124), "gettid": (186, 178), "getrandom": (318, 278), "exit": (60, 93),
    "exit_group": (231, 94), "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139), "set_robust_list": (273, 99), "clock_nanosleep": (230, 115),
    "poll": (7, None), "ppoll": (271, 73), "mkdirat": (258, 34), "unlinkat": (263, 35),
    "renameat2": (316, 276), "ftruncate": (77, 46), "getdents64": (217, 61),
}  # fmt: skip

PID = 4321
ALLOWED, KILLED = "allowed", "killed"
EPERM, ENOSYS = "EPERM", "ENOSYS"
ACTIONS = {
    0x7FFF0000: ALLOWED,
    0x80000000: KILLED,
    0x00050000 | 1: EPERM,
    0x00050000 | 38: ENOSYS,
}


def run(program: bytes, data: bytes) -> int:
    """What a classic BPF program returns for a `struct seccomp_data`."""
    instructions = list(struct.iter_unpack("=HBBI", program))
    accumulator = position = 0
    while True:
        code, then, otherwise, value = instructions[position]
        position += 1
        match code:
            case 0x20:
                (accumulator,) = struct.unpack_from("<I", data, value)
            case 0x15:
                position += then if accumulator == value else otherwise
            case 0x35:
                position += then if accumulator >= value else otherwise
            case 0x45:
                position += then if accumulator & value else otherwise
            case 0x06:
                return value
            case _:
                raise AssertionError(f"an instruction {code:#x} that we did not expect")


def verdict(machine: str, number: int, *arguments: int, on: str | None = None) -> str:
    """What the filter for a machine makes of a system call, `on` another one perhaps."""
    architecture = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7, "i386": 0x40000003}[on or machine]
    padded = [*arguments, *[0] * (6 - len(arguments))]
    data = struct.pack("<IIQ6Q", number & 0xFFFFFFFF, architecture, 0x7F00DEADBEEF, *padded)
    return ACTIONS[run(program_for(machine), data)]


@cache
def program_for(machine: str) -> bytes:
    """The filter as the kernel takes it."""
    return seccomp.build(machine, PID)


def each_machine(table: Mapping[str, Numbers]) -> list[object]:
    """Every call of a table on every machine that has it."""
    return [
        pytest.param(machine, number, id=f"{name}-{machine}")
        for name, numbers in table.items()
        for machine, number in zip(MACHINES, numbers, strict=True)
        if number is not None
    ]


def of(numbers: Numbers, machine: str) -> int:
    """The number of a call on a machine."""
    number = numbers[MACHINES.index(machine)]
    assert number is not None
    return number


def header_numbers(machine: str) -> dict[str, int]:
    """Every system call that the kernel's header for a machine defines."""
    header = HEADERS[machine]
    if not header.exists():
        pytest.skip(f"{header} is not installed")
    found = re.findall(r"^#define\s+__NR(?:3264)?_(\w+)\s+(\d+)$", header.read_text(), re.M)
    return {name: int(number) for name, number in found}


# --- the tables ---


@pytest.mark.parametrize("name", TABLES)
@pytest.mark.parametrize("machine", MACHINES)
def test_numbers_are_those_of_the_kernel(machine, name):
    """A wrong number would deny an innocent call and let the dangerous one pass."""
    known = header_numbers(machine)
    number = TABLES[name][MACHINES.index(machine)]
    if number is not None and number > max(known.values()):
        pytest.skip(f"the header is older than {name}")

    assert known.get(name) == number


@pytest.mark.parametrize("machine", MACHINES)
def test_numbers_are_all_different(machine):
    """Two names of one number are a slip of the pen."""
    numbers = [numbers[MACHINES.index(machine)] for numbers in TABLES.values()]
    there = [number for number in numbers if number is not None]

    assert len(set(there)) == len(there)


@pytest.mark.parametrize("machine", MACHINES)
def test_program_fits_into_the_kernel(machine):
    """The kernel takes at most 4,096 instructions, and jumps only forward and not too far."""
    instructions = list(struct.iter_unpack("=HBBI", program_for(machine)))

    targets = [
        position + 1 + max(then, otherwise)
        for position, (_, then, otherwise, _) in enumerate(instructions)
    ]

    assert len(instructions) <= 4096
    assert max(targets) <= len(instructions)


# --- the rules ---


@pytest.mark.parametrize(("machine", "number"), each_machine(seccomp.DENIED))
def test_denied_call_is_refused(machine, number):
    """Whatever its arguments are."""
    verdicts = {
        verdict(machine, number),
        verdict(machine, number, PID, PID, PID),
        verdict(machine, number, *[(1 << 64) - 1] * 6),
    }

    assert verdicts == {EPERM}


@pytest.mark.parametrize(("machine", "number"), each_machine(NEEDED))
def test_daily_bread_is_allowed(machine, number):
    """Reading, writing, memory, locks, files in the scratch folder: torch needs them."""
    verdicts = {verdict(machine, number), verdict(machine, number, 3, (1 << 64) - 1, 4096)}

    assert verdicts == {ALLOWED}


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize(
    ("flags", "expected"),
    [
        pytest.param(0x11, EPERM, id="fork"),
        pytest.param(0x4111, EPERM, id="vfork"),
        pytest.param(0x7E020011, EPERM, id="new namespaces"),
        pytest.param(0x3D0F00, ALLOWED, id="a thread, as glibc starts it"),
        pytest.param(0x11 | 0x10000 << 32, EPERM, id="the bit of a thread in the upper half"),
        pytest.param(0xFFFFFFFF_FFFEFFFF, EPERM, id="all but the bit of a thread"),
    ],
)
def test_clone_makes_threads_and_no_processes(machine, flags, expected):
    """A new process could outlive the check; a thread ends with its process."""
    assert verdict(machine, of(seccomp.CLONE, machine), flags) == expected


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize(
    ("new_limit", "expected"),
    [
        pytest.param(0, ALLOWED, id="ask"),
        pytest.param(0x7F00_0000_1000, EPERM, id="set"),
        pytest.param(0x1000, EPERM, id="set, from low memory"),
        pytest.param(0x7F00_0000_0000, EPERM, id="set, from a round address"),
    ],
)
def test_prlimit_asks_and_does_not_set(machine, new_limit, expected):
    """Root could raise its own limits otherwise; all 64 bits of the pointer count."""
    assert verdict(machine, of(seccomp.PRLIMIT, machine), 0, 7, new_limit, 0x7FFF) == expected


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize(("process", "expected"), [(PID, ALLOWED), (1, EPERM), (PID + 1, EPERM)])
def test_tgkill_signals_oneself_and_nobody_else(machine, process, expected):
    """`abort()` signals the own thread; no other process is to be signalled."""
    assert verdict(machine, of(seccomp.TGKILL, machine), process, process, 9) == expected


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize(("option", "expected"), [(1, EPERM), (15, ALLOWED), (0x53564D41, ALLOWED)])
def test_prctl_cannot_outlive_the_grader(machine, option, expected):
    """Names of threads and of memory may be set; the signal of the parent's death may not."""
    assert verdict(machine, of(seccomp.PRCTL, machine), option, 0) == expected


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("number", [435, 452, 453, 463, 500, 999, 0x3FFFFFFF])
def test_calls_that_no_table_knows_do_not_exist(machine, number):
    """A call that is newer than the filter is not there; glibc then does it the old way."""
    assert verdict(machine, number, (1 << 64) - 1) == ENOSYS


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("number", [0, 1, 57, 500])
def test_call_of_another_architecture_kills(machine, number):
    """The numbers of 32-bit calls mean something else, so none of them is taken."""
    others = {"i386", *MACHINES} - {machine}

    assert {verdict(machine, number, on=other) for other in others} == {KILLED}


@pytest.mark.parametrize("number", [0x40000000, 0x40000000 | 59, 0x40000000 | 520, 0xFFFFFFFF])
def test_call_of_x32_kills(number):
    """x32 shares the architecture of x86-64 and has other numbers: 520 is its execve."""
    assert verdict("x86_64", number) == KILLED


F_SETOWN, F_SETSIG, F_SETOWN_EX, F_SETFL = 8, 10, 15, 4
F_SETLEASE, F_NOTIFY = 1024, 1026
FIOSETOWN, SIOCSPGRP, SIOCGIFCONF, SIOCSIFFLAGS = 0x8901, 0x8902, 0x8912, 0x8914
TIOCSTI, FS_IOC_SETFLAGS = 0x5412, 0x40086602
TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX = (
    0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451,
)  # fmt: skip


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize(
    ("numbers", "arguments"),
    [
        pytest.param((72, 25), (3, F_SETOWN, 1), id="signals by F_SETOWN, F_SETSIG and O_ASYNC"),
        pytest.param((72, 25), (3, F_SETOWN_EX, 0x7FFF), id="signals by F_SETOWN_EX"),
        pytest.param((16, 29), (3, FIOSETOWN, 0x7FFF), id="signals by FIOSETOWN"),
        pytest.param((16, 29), (3, SIOCSPGRP, 0x7FFF), id="signals by SIOCSPGRP"),
        pytest.param((72, 25), (3, F_SETLEASE, 1), id="a lease on a file that others open"),
        pytest.param((72, 25), (3, F_NOTIFY, 1), id="news of what others do in a folder"),
        pytest.param((16, 29), (3, SIOCGIFCONF, 0x7FFF), id="the addresses of the machine"),
        pytest.param((16, 29), (3, SIOCSIFFLAGS, 0x7FFF), id="switching a network off"),
        pytest.param((16, 29), (3, FS_IOC_SETFLAGS, 0x7FFF), id="files that nobody can remove"),
        pytest.param((16, 29), (0, TIOCSTI, 0x7FFF), id="typing into a terminal"),
        pytest.param((203, 122), (1, 8, 0x7FFF), id="sched_setaffinity of another process"),
        pytest.param((71, 187), (0, 0, 0), id="msgctl removes the queues of others"),
        pytest.param((66, 191), (0, 0, 0), id="semctl removes the semaphores of others"),
    ],
)
def test_side_doors_to_other_processes_are_shut(machine, numbers, arguments):
    """Landlock stops signals since Linux 6.12 only; before, the filter stands alone."""
    assert verdict(machine, of(numbers, machine), *arguments) == EPERM


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("command", [0, 1, 3, F_SETFL, 1030])
def test_harmless_uses_of_fcntl_are_allowed(machine, command):
    """Python duplicates descriptors and changes their flags all the time."""
    assert verdict(machine, of((72, 25), machine), 3, command, 0) == ALLOWED


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize("command", [TCGETS, TIOCGWINSZ, FIONREAD, FIONBIO, FIONCLEX, FIOCLEX])
def test_harmless_uses_of_ioctl_are_allowed(machine, command):
    """Whoever opens a file with Python asks whether it is a terminal."""
    assert verdict(machine, of((16, 29), machine), 3, command, 0) == ALLOWED


def test_only_processors_with_a_table_are_supported(monkeypatch):
    """On any other processor `strict` is not to be had."""
    answers = {}
    for machine in (*MACHINES, "riscv64", "i686"):
        monkeypatch.setattr(seccomp.platform, "machine", lambda machine=machine: machine)
        answers[machine] = seccomp.supported()

    assert answers == {"x86_64": True, "aarch64": True, "riscv64": False, "i686": False}
