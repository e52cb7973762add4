"""Start the forkserver with layers of the sandbox taken away: `weakened.py LAYERS ROLE FD RUNNER`.

Only for tests: it shows that an attack is real, and that it is this layer which stops it.
"""

import sys

from grader.sandbox import limits, start


def without_landlock() -> None:
    """All files may be read and written."""
    from grader.sandbox import landlock

    landlock.restrict = lambda **_paths: None


def without_seccomp() -> None:
    """All system calls may be made."""
    from grader.sandbox import seccomp

    seccomp.restrict = lambda: None


def without_rlimits() -> None:
    """The kernel limits nothing."""
    limits.apply = lambda *_limits, **_options: None


def without_watch() -> None:
    """The runner looks at nothing but the clock, and is very patient."""
    from grader.sandbox.limits import Watch

    Watch._threads = lambda self: 0
    limits._measure = lambda folder, enough: (0, 0)


def without_descriptors() -> None:
    """What the forkserver has open stays open in a worker."""
    from grader.sandbox import lockdown

    lockdown.close_other_descriptors = lambda keep: None


LAYERS = {
    "landlock": without_landlock,
    "seccomp": without_seccomp,
    "rlimits": without_rlimits,
    "watch": without_watch,
    "descriptors": without_descriptors,
}


def main() -> None:
    """Take the layers away, then go on as usual."""
    layers = sys.argv.pop(1)
    for layer in filter(None, layers.split(",")):
        LAYERS[layer]()
    start.main()


if __name__ == "__main__":
    main()
