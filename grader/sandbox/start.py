"""How a process of ours begins: `python -m grader.sandbox.start ROLE FD [RUNNER]`.

ROLE is `forkserver`, `runner` or `worker`; FD the descriptor of the socket to whoever started it;
RUNNER, as `package.module:function`, is what a runner does.
"""

import gc
import importlib
import os
import sys
from collections.abc import Callable

from grader.sandbox.preload import preloading


def forkserver(fd: int, runner: str) -> None:
    """Import everything once, then fork runners and workers."""
    with preloading():
        become_runner = _function(runner)
        from grader.sandbox import forkserver

    forkserver.run(fd, become_runner)


def runner(fd: int, runner: str) -> None:
    """Be a runner that starts its workers itself."""
    with preloading():
        become_runner = _function(runner)
        from grader.sandbox import forkserver

    forkserver.warm_up()
    become_runner(None, fd)


def worker(fd: int) -> None:
    """Be a worker that was not forked."""
    from grader.sandbox import forkserver, worker
    from grader.sandbox.trap import Trap

    forkserver.warm_up()
    worker.serve(fd, readable=[], own=worker.own_modules(), trap=Trap())


ROLES: dict[str, Callable[..., None]] = {
    "forkserver": forkserver,
    "runner": runner,
    "worker": worker,
}


def _function(name: str) -> Callable[..., object]:
    module, _, function = name.partition(":")
    found: Callable[..., object] = getattr(importlib.import_module(module), function)
    return found


# Python takes memory for its frames by 16 KB, and gives that back as soon as it can: what is called
# again and again at such a border costs two system calls each time, thousands while torch is
# imported. A frame with a large stack gets half a megabyte, and all that is called from it fits in.
STACK = 33_000


def main() -> None:
    """Play a role, then leave without the half second that an orderly shutdown of torch takes."""
    # The collector would walk over all of torch's objects again and again while they are made.
    gc.disable()
    role, fd, *rest = sys.argv[1:]
    try:
        ROLES[role](int(fd), *rest)
    except BaseException:
        sys.excepthook(*sys.exc_info())
        os._exit(1)
    os._exit(0)


main.__code__ = main.__code__.replace(co_stacksize=STACK)

if __name__ == "__main__":
    main()
