"""The few calls of the Linux kernel that Python's standard library lacks, through ctypes."""

import ctypes
import os
from pathlib import Path
from typing import Any

MADV_COLLAPSE = 25
HUGE_PAGE = 1 << 21
PR_SET_PDEATHSIG = 1
PR_SET_NO_NEW_PRIVS = 38

_libc = ctypes.CDLL(None, use_errno=True)


def syscall(number: int, *arguments: Any) -> int:
    """A system call. Raises OSError with the kernel's reason."""
    result: int = _libc.syscall(ctypes.c_long(number), *arguments)
    if result < 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))
    return result


def prctl(option: int, value: int) -> None:
    """Change an attribute of the calling process. Raises OSError."""
    if _libc.prctl(option, value, 0, 0, 0) != 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))


def collapse_memory() -> None:
    """Put this process's own memory into huge pages, where the kernel (Linux 6.1) can do that.

    It takes half a second; a process with torch in it is forked in a third of the time then.
    """
    for line in Path("/proc/self/maps").read_text("ascii", "replace").splitlines():
        addresses, rights, _, _, inode, *name = line.split(maxsplit=5)
        if inode == "0" and "w" in rights and name in ([], ["[heap]"]):
            first, last = (int(address, 16) for address in addresses.split("-"))
            start, end = -(-first // HUGE_PAGE) * HUGE_PAGE, last // HUGE_PAGE * HUGE_PAGE
            if start < end:
                # A kernel that cannot leaves things as they are.
                _libc.madvise(ctypes.c_void_p(start), ctypes.c_size_t(end - start), MADV_COLLAPSE)
