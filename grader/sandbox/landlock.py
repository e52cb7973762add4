"""Landlock: which files a process may touch, and no TCP, signals or abstract sockets.

Unprivileged, irrevocable, inherited by threads that are started later. Source:
https://docs.kernel.org/userspace-api/landlock.html
"""

import ctypes
import os
import struct
from collections.abc import Iterable
from pathlib import Path

from grader.sandbox.kernel import PR_SET_NO_NEW_PRIVS, prctl, syscall

# The same numbers on every architecture.
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION_FLAG = 1
_RULE_PATH_BENEATH = 1

_ACCESSES = (
    "execute", "write_file", "read_file", "read_dir", "remove_dir", "remove_file", "make_char",
    "make_dir", "make_reg", "make_sock", "make_fifo", "make_block", "make_sym", "refer",
    "truncate", "ioctl_dev",
)  # fmt: skip
_ACCESS = {name: 1 << bit for bit, name in enumerate(_ACCESSES)}
_READ = _ACCESS["execute"] | _ACCESS["read_file"] | _ACCESS["read_dir"]
_WRITE = (
    _ACCESS["write_file"] | _ACCESS["read_file"] | _ACCESS["read_dir"] | _ACCESS["truncate"]
    | _ACCESS["remove_dir"] | _ACCESS["remove_file"] | _ACCESS["make_dir"] | _ACCESS["make_reg"]
    | _ACCESS["refer"]
)  # fmt: skip
_ON_FILES = (
    _ACCESS["execute"] | _ACCESS["write_file"] | _ACCESS["read_file"] | _ACCESS["truncate"]
    | _ACCESS["ioctl_dev"]
)  # fmt: skip
# How many of the accesses above each version of the interface knows.
_KNOWN_ACCESSES = {1: 13, 2: 14, 3: 15, 4: 15}
_TCP_BIND_AND_CONNECT = 0b11
_ABSTRACT_SOCKETS_AND_SIGNALS = 0b11


def version() -> int:
    """The version of the kernel's Landlock interface; 0 where there is none."""
    try:
        return syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(_VERSION_FLAG))
    except OSError:
        return 0


def restrict(*, read: Iterable[Path], write: Iterable[Path]) -> None:
    """Deny the calling process all files except these and what is below them.

    Raises OSError where the kernel refuses; nothing is restricted then.
    """
    abi = version()
    handled = (1 << _KNOWN_ACCESSES.get(abi, len(_ACCESS))) - 1
    fields = [handled]
    if abi >= 4:
        fields.append(_TCP_BIND_AND_CONNECT)
    if abi >= 6:
        fields.append(_ABSTRACT_SOCKETS_AND_SIGNALS)
    attributes = struct.pack(f"={len(fields)}Q", *fields)
    ruleset = syscall(
        _CREATE_RULESET, attributes, ctypes.c_size_t(len(attributes)), ctypes.c_uint32(0)
    )
    try:
        for paths, access in ((read, _READ), (write, _WRITE)):
            for path in paths:
                _allow(ruleset, path, access & handled)
        prctl(PR_SET_NO_NEW_PRIVS, 1)
        syscall(_RESTRICT_SELF, ctypes.c_int(ruleset), ctypes.c_uint32(0))
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: Path, access: int) -> None:
    try:
        fd = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return  # what is not there needs no permission
    try:
        allowed = access if path.is_dir() else access & _ON_FILES
        rule = struct.pack("=Qi", allowed, fd)
        syscall(
            _ADD_RULE, ctypes.c_int(ruleset), ctypes.c_int(_RULE_PATH_BENEATH), rule,
            ctypes.c_uint32(0),
        )  # fmt: skip
    finally:
        os.close(fd)
