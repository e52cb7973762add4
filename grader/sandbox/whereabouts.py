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
    told, new, line = "", "", None
    deadline = time.monotonic() + SECONDS
    # What it tells comes frame by frame; the last of it would pass for something it printed.
    while (line is None or new) and time.monotonic() < deadline:
        time.sleep(SECONDS / 50)
        new = printed()
        told += new
        line = _line_in(told, files)
    return before + (told if line is None else told[: told.rfind(_BEGINNING)]), line


def _line_in(told: str, files: Collection[str]) -> int | None:
    """The line of the innermost frame that is in one of `files`."""
    frames = _FRAME.finditer(told, max(told.rfind(_BEGINNING), 0))
    return next((int(frame["line"]) for frame in frames if frame["file"] in files), None)
