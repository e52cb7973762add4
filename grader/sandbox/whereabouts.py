"""Where the code of a worker is that does not come to an end. It is asked to tell by a signal.

What answers is Python's own faulthandler, in the worker. Student code can switch that off, or print
an answer itself; it would mislead its author and nobody else.
"""

import faulthandler
import os
import re
import signal
import time
from collections.abc import Callable, Collection

# Windows has neither the signal nor the handler for it.
CAN_TELL = hasattr(faulthandler, "register")
# How long an answer is waited for: whoever runs answers at once.
SECONDS = 0.2
_BEGINNING = "Stack (most recent call first):\n"
_FRAME = re.compile(r'^  File "(?P<file>[^"\n]*)", line (?P<line>\d+) in ', re.MULTILINE)


def tell_when_asked() -> None:
    """Have this process print its stack to standard error when the signal comes."""
    if CAN_TELL:
        faulthandler.register(signal.SIGUSR1, all_threads=False)


def ask(pid: int, printed: Callable[[], str], files: Collection[str]) -> tuple[str, int | None]:
    """What a worker `printed` before it was asked, and the line of one of `files` that it is in."""
    if not CAN_TELL:
        return printed(), None
    before = printed()
    os.kill(pid, signal.SIGUSR1)
    told, deadline = "", time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        told += printed()
        frames = _FRAME.finditer(told, max(told.rfind(_BEGINNING), 0))
        line = next((int(frame["line"]) for frame in frames if frame["file"] in files), None)
        if line is not None and told.endswith("\n"):
            return before + told[: told.rfind(_BEGINNING)], line
        time.sleep(SECONDS / 50)
    return before + told, None
