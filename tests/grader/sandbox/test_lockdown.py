"""A process that has locked itself in, tried from inside.

Nothing here locks pytest's own process: a script of its own forks a child for each attempt, once
locked in and once only limited, so that an attempt that cannot succeed anywhere is noticed.
"""

import json
import os
import subprocess
import sys
import sysconfig
import textwrap
from pathlib import Path

import pytest

from grader.sandbox import lockdown

ROOT = Path(lockdown.__file__).resolve().parents[2]
DONE = "done"

# argv: the folder to play in, and the attempts as JSON {name: code}.
SCRIPT = """
import ctypes, errno, fcntl, json, os, resource, select, signal, socket, subprocess, sys, threading
from pathlib import Path
from grader.sandbox import lockdown
from grader.sandbox.limits import WorkerLimits

folder, attempts = Path(sys.argv[1]), json.loads(sys.argv[2])
sys.path.append(str(folder / "site-packages"))
libc = ctypes.CDLL(None, use_errno=True)
readable = lockdown.readable_paths([folder / "site-packages" / "hidden"])
bystander = subprocess.Popen(["sleep", "600"])


def attempt(code, level, scratch, result):
    limit = WorkerLimits(10, 256, file_mb=1, descriptors=32)
    keep = {2, result}
    lockdown.lock(level, limit, device="cpu", readable=readable, scratch=scratch, keep=keep)
    names = globals() | {"scratch": scratch, "result": result}
    try:
        exec(code, names)
    except OSError as error:
        return errno.errorcode.get(error.errno, str(error))
    except BaseException as error:
        return type(error).__name__
    return str(names.get("answer", "done"))


def outcome(name, code, level):
    scratch = folder / "scratch" / level / name
    scratch.mkdir(parents=True)
    read, result = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(result, attempt(code, level, scratch, result).encode())
        os._exit(0)
    os.close(result)
    with open(read) as pipe:
        answer = pipe.read()
    return answer or f"ended {os.waitpid(child, 0)[1]}"


try:
    print(json.dumps({name: [outcome(name, code, level) for level in ("strict", "process")]
                      for name, code in attempts.items()}))
finally:
    bystander.kill()
"""

# What a locked worker tries, and what the kernel answers. Unlocked, each of them succeeds.
DENIED = {
    # files
    "read a file outside": ("(folder / 'secret.txt').read_text()", "EACCES"),
    "read a hidden file": (
        "(folder / 'site-packages' / 'hidden' / 'suite.py').read_text()",
        "EACCES",
    ),
    "read it by a link": ("(folder / 'site-packages' / 'link.py').read_text()", "EACCES"),
    "list a folder outside": ("os.listdir(folder)", "EACCES"),
    "list a hidden folder": ("os.listdir(folder / 'site-packages' / 'hidden')", "EACCES"),
    "read its own environment": ("Path('/proc/self/environ').read_bytes()", "EACCES"),
    "read the environment of its parent": (
        "Path(f'/proc/{os.getppid()}/environ').read_bytes()",
        "EACCES",
    ),
    "read its own memory map": ("Path('/proc/self/maps').read_bytes()", "EACCES"),
    "read the users": ("Path('/etc/passwd').read_bytes()", "EACCES"),
    "write a file outside": ("(folder / 'new.txt').write_text('x')", "EACCES"),
    "write into what it may read": ("(folder / 'site-packages' / 'new.py').touch()", "EACCES"),
    "change what it may read": (
        "(folder / 'site-packages' / 'visible.py').open('a')",
        "EACCES",
    ),
    "remove a file outside": ("(folder / 'remove.txt').unlink()", "EACCES"),
    "truncate a file outside": ("os.truncate(folder / 'secret.txt', 3)", "EPERM"),
    "make a folder outside": ("(folder / 'new').mkdir()", "EACCES"),
    "move a file out of the scratch folder": (
        "(scratch / 'x').touch(); os.rename(scratch / 'x', folder / 'moved')",
        "EACCES",
    ),
    "link a file into the scratch folder": (
        "os.link(folder / 'secret.txt', scratch / 'x')",
        "EXDEV",
    ),
    "make a symbolic link": ("os.symlink('/etc/passwd', scratch / 'x')", "EACCES"),
    "make a named pipe": ("os.mkfifo(scratch / 'x')", "EPERM"),
    "change the mode of a file": ("Path('x').touch(); os.chmod('x', 0o777)", "EPERM"),
    # the network
    "open a TCP socket": ("socket.socket(socket.AF_INET, socket.SOCK_STREAM)", "EPERM"),
    "open a UDP socket": ("socket.socket(socket.AF_INET, socket.SOCK_DGRAM)", "EPERM"),
    "open a unix socket": ("socket.socket(socket.AF_UNIX)", "EPERM"),
    "make a pair of sockets": ("socket.socketpair()", "EPERM"),
    # processes
    "fork": ("os.fork() or os._exit(0)", "EPERM"),
    "start a program": ("subprocess.run(['true'], check=True)", "EPERM"),
    "spawn a program": ("os.posix_spawn('/bin/true', ['true'], {})", "EPERM"),
    "signal its parent": ("os.kill(os.getppid(), 0)", "EPERM"),
    "signal a process of the same user": ("os.kill(bystander.pid, signal.SIGCONT)", "EPERM"),
    "signal it by a descriptor": ("os.pidfd_open(bystander.pid)", "EPERM"),
    "bind it to one processor": (
        "os.sched_setaffinity(bystander.pid, os.sched_getaffinity(0))",
        "EPERM",
    ),
    "signal it by way of a pipe": (
        "r, w = os.pipe(); fcntl.fcntl(r, 8, bystander.pid)",
        "EPERM",
    ),
    "outlive the grader": (
        "if libc.prctl(1, 0): raise OSError(ctypes.get_errno(), 'prctl')",
        "EPERM",
    ),
    "leave the session": ("os.setsid()", "EPERM"),
    "raise its own limits": (
        "resource.setrlimit(resource.RLIMIT_AS, resource.getrlimit(resource.RLIMIT_AS))",
        "ValueError",  # so says Python for EPERM
    ),
    "change its user": ("os.setuid(os.getuid())", "EPERM"),
    "make a file in memory": ("os.memfd_create('x')", "EPERM"),
}  # fmt: skip

# What student code and torch do all day, at any level.
ALLOWED = {
    "read what is beside a hidden folder": (
        "answer = (folder / 'site-packages' / 'visible.py').read_text()",
        "visible",
    ),
    "import from the standard library": ("import wave, colorsys, ctypes.util", DONE),
    "write and read a file in the scratch folder": (
        "Path('x').write_text('kept'); answer = (scratch / 'x').read_text()",
        "kept",
    ),
    "make, fill and remove a folder there": (
        "Path('d').mkdir(); Path('d/x').touch(); os.rename('d/x', 'd/y'); os.unlink('d/y'); "
        "os.rmdir('d')",
        DONE,
    ),
    "start threads": (
        "answers = []\n"
        "threads = [threading.Thread(target=answers.append, args=(i,)) for i in range(8)]\n"
        "[t.start() for t in threads]; [t.join() for t in threads]\n"
        "answer = sum(answers)",
        "28",
    ),
    "make a pipe": ("r, w = os.pipe(); os.write(w, b'x'); os.read(r, 1)", DONE),
    "ask for its limits": ("resource.getrlimit(resource.RLIMIT_AS)", DONE),
    "write to nowhere": ("open(os.devnull, 'w').write('x')", DONE),
    "draw random bytes": ("os.urandom(8); open('/dev/urandom', 'rb').read(8)", DONE),
    "begin in the scratch folder": ("answer = Path.cwd() == scratch", "True"),
}

# What the kernel counts, at any level.
LIMITED = {
    "take more memory than allowed": ("bytearray(1 << 29)", "MemoryError"),
    "take a little memory": ("bytearray(1 << 26)", DONE),
    "write a file that is too large": ("open('x', 'wb', 0).write(bytes(1 << 20)); "
                                       "open('x', 'ab', 0).write(b'x')", "EFBIG"),
    "open too many files": ("files = [open(os.devnull) for _ in range(40)]", "EMFILE"),
    "leave a core dump": ("answer = resource.getrlimit(resource.RLIMIT_CORE)", "(0, 0)"),
}  # fmt: skip

# Which of these descriptors are open afterwards; `attempt` keeps 2 and the pipe of the result.
DESCRIPTORS = {
    "no descriptor but its own is open": (
        textwrap.dedent("""
            opened = []
            for descriptor in range(64):
                try:
                    os.fstat(descriptor)
                    opened.append(descriptor)
                except OSError:
                    pass
            answer = opened == sorted({2, result})
        """),
        "True",
    )
}
TABLES = (DENIED, ALLOWED, LIMITED, DESCRIPTORS)


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """What came of each attempt: `[strict, process]` by name."""
    reasons = lockdown.missing_for_strict()
    if reasons:
        pytest.skip("; ".join(reasons))
    folder = tmp_path_factory.mktemp("folder")
    hidden = folder / "site-packages" / "hidden"
    hidden.mkdir(parents=True)
    for path, text in {
        folder / "secret.txt": "a secret",
        folder / "remove.txt": "in the way",
        hidden / "suite.py": "expected",
        folder / "site-packages" / "visible.py": "visible",
    }.items():
        path.write_text(text)
    (folder / "site-packages" / "link.py").symlink_to(hidden / "suite.py")
    codes = {name: code for table in TABLES for name, (code, _) in table.items()}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(folder), json.dumps(codes)],
        capture_output=True, check=False, cwd=ROOT, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "ended" not in done.stdout, done.stderr  # a child that could not even be locked in
    return json.loads(done.stdout)


@pytest.mark.parametrize("attempt", DENIED)
def test_locked_worker_cannot(attempt, outcomes):
    """The kernel refuses it under `strict`; it is `strict` that makes the difference."""
    strict, process = outcomes[attempt]

    assert strict == DENIED[attempt][1]
    assert process == DONE


@pytest.mark.parametrize("attempt", ALLOWED)
def test_locked_worker_can(attempt, outcomes):
    """What answers need keeps working."""
    assert outcomes[attempt] == [ALLOWED[attempt][1]] * 2


@pytest.mark.parametrize("attempt", LIMITED)
def test_any_worker_is_limited(attempt, outcomes):
    """What is taken from a machine is limited at every level."""
    assert outcomes[attempt] == [LIMITED[attempt][1]] * 2


def test_any_worker_holds_no_descriptor_but_its_own(outcomes):
    """Whatever its parent had open, a socket to the launcher say, is closed."""
    assert outcomes["no descriptor but its own is open"] == ["True", "True"]


# --- descriptors ---

CLOSE = """
import os, sys, resource
from grader.sandbox import lockdown
keep = {keep}
resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256))
report = os.dup2(1, 200)
for descriptor in (*range(20), 230):
    os.dup2(report, descriptor)
lockdown.close_other_descriptors(keep | {{report}})
opened = []
for descriptor in range(256):
    try:
        os.fstat(descriptor)
        opened.append(descriptor)
    except OSError:
        pass
os.write(report, repr(opened).encode())
os._exit(0)
"""


@pytest.mark.parametrize(
    "keep",
    [set(), {0}, {0, 1, 2}, {1}, {0, 2, 4}, {19}, {5, 6, 7, 18}, {255, 0}],
    ids=str,
)
def test_descriptors_are_closed_except_those_to_keep(keep):
    """Neither one too many nor one too few, wherever the gaps are; descriptor 0 included."""
    script = CLOSE.format(keep=f"set({sorted(keep)})")

    done = subprocess.run([sys.executable, "-S", "-c", script], capture_output=True, cwd=ROOT)

    there = keep & set(range(20))
    assert json.loads(done.stdout) == sorted(there | {200}), done.stderr.decode()


# --- what a worker may read ---


@pytest.fixture
def packages(tmp_path, monkeypatch):
    """A folder of packages that Python looks into, and what may be read of it."""
    folder = tmp_path / "site-packages"
    files = ("torch/lib.so", "grader/suite.py", "grader/inner/deep.py", "numpy/core.py", "x.py")
    for name in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    monkeypatch.syspath_prepend(folder)
    return folder


def readable_below(folder: Path, hidden: list[Path]) -> list[str]:
    """What may be read at or below a folder."""
    paths = lockdown.readable_paths(hidden)
    return sorted(str(p.relative_to(folder)) for p in paths if folder in (p, *p.parents))


@pytest.mark.parametrize(
    ("hidden", "readable"),
    [
        pytest.param([], ["."], id="nothing"),
        pytest.param(["../elsewhere"], ["."], id="something elsewhere"),
        pytest.param(["../site-packages-2"], ["."], id="a neighbour with a longer name"),
        pytest.param(["grader"], ["numpy", "torch", "x.py"], id="a folder"),
        pytest.param(["x.py"], ["grader", "numpy", "torch"], id="a file"),
        pytest.param(
            ["grader/inner"], ["grader/suite.py", "numpy", "torch", "x.py"], id="one deeper down"
        ),
        pytest.param(
            ["grader/inner/deep.py", "numpy/core.py"],
            ["grader/suite.py", "torch", "x.py"],
            id="all that is in a folder",
        ),
        pytest.param(["grader", "grader/inner"], ["numpy", "torch", "x.py"], id="one in another"),
        pytest.param(["grader/inner", "grader"], ["numpy", "torch", "x.py"], id="the other way"),
        pytest.param(["."], [], id="everything"),
        pytest.param([".."], ["."], id="a folder around it"),
        pytest.param(["torch/../grader/."], ["numpy", "torch", "x.py"], id="a crooked path"),
    ],
)  # fmt: skip
def test_what_is_hidden_is_not_readable(packages, hidden, readable):
    """A rule allows a folder with all that is below, so a hidden one is left out by its siblings.

    A folder of packages inside a hidden folder stays readable: Python could not run otherwise.
    """
    assert readable_below(packages, [packages / path for path in hidden]) == readable


def test_hidden_folder_is_hidden_under_its_other_name(packages, tmp_path):
    """A link to a hidden folder hides the folder."""
    (tmp_path / "link").symlink_to(packages / "grader")

    readable = readable_below(packages, [tmp_path / "link"])

    assert readable == ["numpy", "torch", "x.py"]


def test_link_beside_something_hidden_is_not_followed(packages):
    """A rule for a link would be one for what it points to."""
    (packages / "innocent").symlink_to(packages / "grader" / "inner")

    readable = readable_below(packages, [packages / "grader" / "inner" / "deep.py"])

    assert "innocent" not in readable
    assert not any("inner" in path for path in readable)


def test_folder_is_allowed_under_its_real_name(packages, tmp_path, monkeypatch):
    """Python may know its packages by a link, the kernel knows them as they are."""
    real = packages.rename(tmp_path / "real")
    packages.symlink_to(real)

    assert readable_below(real, []) == ["."]
    assert readable_below(packages, []) == []


def test_folder_in_a_folder_is_allowed_once(packages, monkeypatch):
    """The outermost folder covers the ones inside, so hiding goes by it alone."""
    inner = packages / "torch" / "dist-packages"
    inner.mkdir()
    monkeypatch.syspath_prepend(inner)

    assert readable_below(packages, []) == ["."]


def test_only_folders_of_packages_are_readable(tmp_path, monkeypatch):
    """The folder that Python was started in, with the solutions, is on its path as well."""
    monkeypatch.syspath_prepend(tmp_path)

    assert readable_below(tmp_path, []) == []


def test_standard_library_and_torch_are_readable():
    """Student code imports as it likes, and torch loads its libraries late."""
    readable = lockdown.readable_paths([ROOT / "grader", ROOT / "tests"])
    wanted = (sysconfig.get_paths()["stdlib"], sysconfig.get_paths()["purelib"], os.__file__)

    for path in map(Path, wanted):
        assert {path.resolve(), *path.resolve().parents} & set(readable)


def test_reasons_against_strict_are_told_in_words(monkeypatch):
    """Whoever cannot have the full sandbox reads why."""
    monkeypatch.setattr(lockdown.seccomp, "supported", lambda: False)
    monkeypatch.setattr(lockdown.landlock, "version", lambda: 0)

    reasons = lockdown.missing_for_strict()

    assert ["aarch64" in reasons[0], "Landlock" in reasons[1]] == [True, True]


def test_strict_needs_linux(monkeypatch):
    """Elsewhere no other reason is looked for."""
    monkeypatch.setattr(lockdown.sys, "platform", "darwin")

    assert lockdown.missing_for_strict() == ["it needs Linux, this is darwin"]
