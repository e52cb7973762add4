"""A seccomp filter: which system calls a worker may not make.

What a file rule cannot say: no sockets, no new processes, no signals to others, no tracing, no
mounts, no changes to owners and modes. Threads are allowed. A call that the tables do not know,
because it is newer than they are, does not exist for the worker.
Source: https://docs.kernel.org/userspace-api/seccomp_filter.html
"""

import ctypes
import os
import platform
import struct
from collections.abc import Iterator

from grader.sandbox.kernel import PR_SET_NO_NEW_PRIVS, prctl, syscall

# Numbers on x86-64 and on aarch64; None where the architecture never had the call.
DENIED: dict[str, tuple[int | None, int | None]] = {
    # sockets
    "socket": (41, 198), "socketpair": (53, 199), "connect": (42, 203), "accept": (43, 202),
    "accept4": (288, 242), "bind": (49, 200), "listen": (50, 201), "sendto": (44, 206),
    "sendmsg": (46, 211), "sendmmsg": (307, 269), "recvmsg": (47, 212), "recvmmsg": (299, 243),
    # other processes
    "fork": (57, None), "vfork": (58, None), "execve": (59, 221), "execveat": (322, 281),
    "memfd_create": (319, 279), "memfd_secret": (447, 447), "ptrace": (101, 117),
    "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "process_madvise": (440, 440),
    "kcmp": (312, 272), "kill": (62, 129), "tkill": (200, 130), "rt_sigqueueinfo": (129, 138),
    "rt_tgsigqueueinfo": (297, 240), "pidfd_open": (434, 434), "pidfd_getfd": (438, 438),
    "pidfd_send_signal": (424, 424), "setsid": (112, 157), "setpgid": (109, 154),
    "setpriority": (141, 140), "sched_setscheduler": (144, 119), "sched_setattr": (314, 274),
    "sched_setparam": (142, 118), "sched_setaffinity": (203, 122),
    "ioprio_set": (251, 30), "setrlimit": (160, 164),
    # memory and queues that outlive a process or are shared between processes
    "shmget": (29, 194), "shmat": (30, 196), "shmctl": (31, 195), "msgget": (68, 186),
    "msgsnd": (69, 189), "msgrcv": (70, 188), "msgctl": (71, 187), "semctl": (66, 191),
    "semget": (64, 190), "semop": (65, 193), "semtimedop": (220, 192), "mq_open": (240, 180),
    "mq_unlink": (241, 181),
    # the file system beyond what file rules cover
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51),
    "open_tree": (428, 428), "move_mount": (429, 429), "fsopen": (430, 430),
    "fsconfig": (431, 431), "fsmount": (432, 432), "fspick": (433, 433),
    "mount_setattr": (442, 442), "quotactl": (179, 60), "quotactl_fd": (443, 443),
    "open_by_handle_at": (304, 265), "name_to_handle_at": (303, 264), "truncate": (76, 45),
    "chmod": (90, None), "fchmod": (91, 52), "fchmodat": (268, 53), "chown": (92, None),
    "fchown": (93, 55), "lchown": (94, None), "fchownat": (260, 54), "utime": (132, None),
    "utimes": (235, None), "utimensat": (280, 88), "futimesat": (261, None),
    "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7), "removexattr": (197, 14),
    "lremovexattr": (198, 15), "fremovexattr": (199, 16), "mknod": (133, None),
    "getxattr": (191, 8), "lgetxattr": (192, 9), "fgetxattr": (193, 10), "listxattr": (194, 11),
    "llistxattr": (195, 12), "flistxattr": (196, 13), "flock": (73, 32),
    "mknodat": (259, 33), "inotify_init": (253, None), "inotify_init1": (294, 26),
    "fanotify_init": (300, 262), "acct": (163, 89),
    # the kernel itself
    "unshare": (272, 97), "setns": (308, 268), "bpf": (321, 280), "perf_event_open": (298, 241),
    "userfaultfd": (323, 282), "io_uring_setup": (425, 425), "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427), "keyctl": (250, 219), "add_key": (248, 217),
    "request_key": (249, 218), "personality": (135, 92), "reboot": (169, 142),
    "swapon": (167, 224), "swapoff": (168, 225), "init_module": (175, 105),
    "finit_module": (313, 273), "delete_module": (176, 106), "kexec_load": (246, 104),
    "kexec_file_load": (320, 294), "syslog": (103, 116), "settimeofday": (164, 170),
    "clock_settime": (227, 112), "clock_adjtime": (305, 266), "adjtimex": (159, 171),
    "sethostname": (170, 161), "setdomainname": (171, 162), "vhangup": (153, 58),
    "iopl": (172, None), "ioperm": (173, None), "modify_ldt": (154, None),
    # identity
    "setuid": (105, 146), "setgid": (106, 144), "setreuid": (113, 145), "setregid": (114, 143),
    "setresuid": (117, 147), "setresgid": (119, 149), "setfsuid": (122, 151),
    "setfsgid": (123, 152), "setgroups": (116, 159), "capset": (126, 91),
}  # fmt: skip

# Calls that are denied for some arguments only.
CLONE, CLONE3, PRCTL, PRLIMIT, TGKILL = (56, 220), (435, 435), (157, 167), (302, 261), (234, 131)
SECCOMP = (317, 277)
FCNTL, IOCTL = (72, 25), (16, 29)
# Of fcntl: what has the kernel send a signal to whom one likes (F_SETOWN, F_SETSIG, F_SETOWN_EX),
# keep others from a file (F_SETLEASE), or tell of what they do (F_NOTIFY).
FCNTL_DENIED = (8, 10, 15, 1024, 1026)
# Of ioctl, which goes to whatever driver is behind a descriptor: what Python asks of any file. Is
# it a terminal, and how large (TCGETS, TIOCGWINSZ)? What can be read (FIONREAD)? And FIONBIO,
# FIONCLEX, FIOCLEX.
IOCTL_ALLOWED = (0x5401, 0x5413, 0x541B, 0x5421, 0x5450, 0x5451)
# The first number that no table of ours covers.
UNKNOWN_FROM = 452

AUDIT_ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
X32_BIT = 0x40000000
CLONE_THREAD = 0x00010000
PR_SET_PDEATHSIG = 1
EPERM, ENOSYS = 1, 38

# Offsets into struct seccomp_data; arguments are 64 bits wide, low half first.
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16

_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _KILL, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000


def supported() -> bool:
    """Whether there is a table for this processor."""
    return platform.machine() in AUDIT_ARCHITECTURE


def restrict() -> None:
    """Install the filter in every thread of the calling process. Raises OSError."""
    program = build(platform.machine(), os.getpid())
    buffer = ctypes.create_string_buffer(program, len(program))

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))

    described = Program(len(program) // 8, ctypes.addressof(buffer))
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    mode_filter, in_all_threads = 1, 1
    culprit = syscall(
        SECCOMP[_column(platform.machine())], ctypes.c_uint(mode_filter),
        ctypes.c_uint(in_all_threads), ctypes.byref(described),
    )  # fmt: skip
    if culprit:
        raise OSError(f"thread {culprit} did not take the system-call filter")


def build(machine: str, pid: int) -> bytes:
    """The filter for a processor, as the kernel takes it; `pid` may signal its own threads."""
    return b"".join(_instructions(machine, pid))


def _column(machine: str) -> int:
    return list(AUDIT_ARCHITECTURE).index(machine)


def _instructions(machine: str, pid: int) -> Iterator[bytes]:
    column = _column(machine)
    yield _do(_LOAD, _ARCHITECTURE)
    yield _do(_EQUAL, AUDIT_ARCHITECTURE[machine], then=1)
    yield _do(_RETURN, _KILL)
    yield _do(_LOAD, _NUMBER)
    yield from _if(_AT_LEAST, X32_BIT, _KILL)
    yield from _if(_AT_LEAST, UNKNOWN_FROM, _ERRNO | ENOSYS)
    # glibc then falls back to clone, whose flags a filter can see.
    yield from _if(_EQUAL, CLONE3[column], _ERRNO | ENOSYS)
    yield from _argument_rules(column, pid)
    yield from _command_rules(FCNTL[column], FCNTL_DENIED, _ERRNO | EPERM, _ALLOW)
    yield from _command_rules(IOCTL[column], IOCTL_ALLOWED, _ALLOW, _ERRNO | EPERM)
    for numbers in DENIED.values():
        number = numbers[column]
        if number is not None:
            yield from _if(_EQUAL, number, _ERRNO | EPERM)
    yield _do(_RETURN, _ALLOW)


def _argument_rules(column: int, pid: int) -> Iterator[bytes]:
    # clone: threads only
    yield _do(_EQUAL, CLONE[column], otherwise=4)
    yield _do(_LOAD, _ARGUMENTS)
    yield _do(_ANY_BIT, CLONE_THREAD, then=1)
    yield _do(_RETURN, _ERRNO | EPERM)
    yield _do(_RETURN, _ALLOW)
    # prlimit64: ask, not set (the third argument is the new limit)
    yield _do(_EQUAL, PRLIMIT[column], otherwise=6)
    yield _do(_LOAD, _ARGUMENTS + 2 * 8)
    yield _do(_EQUAL, 0, otherwise=3)
    yield _do(_LOAD, _ARGUMENTS + 2 * 8 + 4)
    yield _do(_EQUAL, 0, otherwise=1)
    yield _do(_RETURN, _ALLOW)
    yield _do(_RETURN, _ERRNO | EPERM)
    # tgkill: to oneself (abort() needs it)
    yield _do(_EQUAL, TGKILL[column], otherwise=4)
    yield _do(_LOAD, _ARGUMENTS)
    yield _do(_EQUAL, pid, then=1)
    yield _do(_RETURN, _ERRNO | EPERM)
    yield _do(_RETURN, _ALLOW)
    # prctl: not out of dying with the grader
    yield _do(_EQUAL, PRCTL[column], otherwise=4)
    yield _do(_LOAD, _ARGUMENTS)
    yield _do(_EQUAL, PR_SET_PDEATHSIG, otherwise=1)
    yield _do(_RETURN, _ERRNO | EPERM)
    yield _do(_RETURN, _ALLOW)


def _command_rules(
    number: int, commands: tuple[int, ...], action: int, otherwise: int
) -> Iterator[bytes]:
    """What to do with a call whose second argument is one of `commands`, and with any other."""
    yield _do(_EQUAL, number, otherwise=2 * len(commands) + 2)
    yield _do(_LOAD, _ARGUMENTS + 8)
    for command in commands:
        yield from _if(_EQUAL, command, action)
    yield _do(_RETURN, otherwise)


def _if(test: int, value: int, action: int) -> Iterator[bytes]:
    yield _do(test, value, otherwise=1)
    yield _do(_RETURN, action)


def _do(code: int, value: int, *, then: int = 0, otherwise: int = 0) -> bytes:
    """One instruction; `then` and `otherwise` are how many to skip."""
    return struct.pack("=HBBI", code, then, otherwise, value)
