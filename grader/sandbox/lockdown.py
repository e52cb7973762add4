"""How a worker locks itself in, and whether this machine can do it.

`strict` is all of it: Landlock, seccomp, resource limits, no descriptor but its own. `process` is
what any Unix can do: resource limits and a separate process. There is nothing in between: a layer
that cannot be applied is an error, never a silent downgrade.
"""

import os
import signal
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

from grader.sandbox import landlock, limits, seccomp
from grader.sandbox.kernel import PR_SET_PDEATHSIG, prctl
from grader.sandbox.limits import WorkerLimits

# Before, a file that may be read could be cut to nothing when it is opened.
LANDLOCK_NEEDED = 3
STRICT, PROCESS = "strict", "process"
# A worker that serves checks for longer than this, in processor time, is stopped by the kernel.
CPU_SECONDS = 3_600
# What Python and torch read after they have been imported, apart from their own folders.
SYSTEM_PATHS = (
    "/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache",
    "/etc/localtime", "/usr/share/zoneinfo", "/dev/urandom", "/dev/random", "/dev/zero",
    "/sys/devices/system/cpu",
)  # fmt: skip


def missing_for_strict() -> list[str]:
    """What keeps this machine from `strict`, in words; empty where nothing does."""
    reasons = []
    if not sys.platform.startswith("linux"):
        return [f"it needs Linux, this is {sys.platform}"]
    if not seccomp.supported():
        reasons.append("its system-call filter is written for x86-64 and aarch64 only")
    if landlock.version() < LANDLOCK_NEEDED:
        reasons.append(
            f"it needs version {LANDLOCK_NEEDED} of Landlock (Linux 6.2), and here is "
            f"{landlock.version() or 'none, or a container that blocks it'}"
        )
    return reasons


def lock(
    level: str,
    limit: WorkerLimits,
    *,
    device: str,
    readable: list[Path],
    scratch: Path,
    keep: set[int],
) -> None:
    """Lock the calling process in, for good. It must have one thread.

    `keep` are the descriptors that stay open. Raises OSError when a layer cannot be applied.
    """
    os.chdir(scratch)
    close_other_descriptors(keep)
    if sys.platform.startswith("linux"):
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    limits.apply(limit, cpu_seconds=CPU_SECONDS, device=device)
    if level == STRICT:
        landlock.restrict(read=readable, write=[scratch, Path(os.devnull)])
        seccomp.restrict()


def close_other_descriptors(keep: set[int]) -> None:
    """Close every descriptor that is not in `keep`."""
    low = 0
    for descriptor in sorted(keep):
        # os.closerange(0, 0) would close everything on Python 3.11.
        if descriptor > low:
            os.closerange(low, descriptor)
        low = descriptor + 1
    os.closerange(low, os.sysconf("SC_OPEN_MAX"))


def readable_paths(hidden: list[Path]) -> list[Path]:
    """The folders of Python and its packages, and of the system, without what is `hidden`."""
    paths = sysconfig.get_paths()
    roots = {Path(paths[key]) for key in ("stdlib", "platstdlib", "purelib", "platlib")}
    roots |= {Path(p) for p in sys.path if p.endswith(("site-packages", "dist-packages"))}
    roots |= {Path(sys.base_prefix) / "lib", *map(Path, SYSTEM_PATHS)}
    resolved = {root.resolve() for root in roots if root.exists()}
    outermost = [r for r in resolved if not any(p in resolved for p in r.parents)]
    return [p for r in sorted(outermost) for p in _without(r, [h.resolve() for h in hidden])]


def _without(folder: Path, hidden: list[Path]) -> Iterator[Path]:
    """The folder; or, if something below it is hidden, its entries without that."""
    inside = [path for path in hidden if path == folder or folder in path.parents]
    if not inside:
        yield folder
    elif folder not in inside:
        for entry in sorted(folder.iterdir()):
            if not entry.is_symlink():
                yield from _without(entry, inside)
