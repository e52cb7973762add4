"""Which isolation a session gets, on a machine that has it and on one that blocks it."""

import ctypes
import json
import platform
import struct
import subprocess
import sys

import pytest

from grader import course
from grader.errors import SandboxError
from grader.sandbox import lockdown, seccomp
from grader.sandbox.kernel import PR_SET_NO_NEW_PRIVS, prctl, syscall
from grader.sandbox.session import choose_level

LANDLOCK_CREATE_RULESET, EOPNOTSUPP = 444, 95
GRADE = [sys.executable, "-m", "grader", "exercise1", "--task", "corr2d_multi_in", "--seed", "1"]
SOLUTION = ["--submission", str(course.root() / "solutions")]


def block_landlock() -> None:
    """What an old container profile does: the system call is there for nobody."""
    rules = [
        seccomp._do(seccomp._LOAD, seccomp._NUMBER),
        *seccomp._if(seccomp._EQUAL, LANDLOCK_CREATE_RULESET, seccomp._ERRNO | EOPNOTSUPP),
        seccomp._do(seccomp._RETURN, seccomp._ALLOW),
    ]
    program = b"".join(rules)
    buffer = ctypes.create_string_buffer(program, len(program))
    described = struct.pack("HxxxxxxP", len(rules), ctypes.addressof(buffer))
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    number = seccomp.SECCOMP[list(seccomp.AUDIT_ARCHITECTURE).index(platform.machine())]
    syscall(number, ctypes.c_uint(1), ctypes.c_uint(0), described)


def grade(*options: str, blocked: bool) -> subprocess.CompletedProcess[str]:
    """`grade` as a user runs it, with or without Landlock."""
    return subprocess.run(
        [*GRADE, *SOLUTION, *options],
        capture_output=True,
        text=True,
        timeout=120,
        preexec_fn=block_landlock if blocked else None,
    )


def test_strict_refuses_to_run_where_a_layer_is_missing():
    """Exit 3, a reason, and nothing graded: never a silent downgrade."""
    done = grade("--isolation", "strict", blocked=True)

    assert (done.returncode, done.stdout) == (3, "")
    assert "'strict' cannot be had here" in done.stderr
    assert "Landlock" in done.stderr


def test_auto_says_which_level_it_got():
    """Without Landlock it is `process`, and the report says so."""
    done = grade("--format", "json", blocked=True)

    assert done.returncode == 0
    assert json.loads(done.stdout)["isolation"] == "process"


def test_strict_is_what_auto_gets_where_it_can_be_had():
    """The same command on the same machine, with nothing blocked."""
    done = grade("--format", "json", blocked=False)

    assert json.loads(done.stdout)["isolation"] == "strict"


@pytest.mark.parametrize(("isolation", "refused"), [("auto", False), ("strict", True)])
def test_an_accelerator_is_no_matter_for_strict(isolation, refused):
    """A driver needs what strict denies; who insists on strict is told so."""
    if refused:
        with pytest.raises(SandboxError, match="the device is cuda"):
            choose_level(isolation, "cuda:0")
    else:
        assert choose_level(isolation, "cuda:0") == lockdown.PROCESS
