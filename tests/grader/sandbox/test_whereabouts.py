"""A process that does not come to an end tells where it is."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from grader.sandbox import whereabouts
from grader.sandbox.whereabouts import CAN_TELL, ask

pytestmark = pytest.mark.skipif(not CAN_TELL, reason="this system has no signal to ask with")

LOOP = "def work():\n    n = 0\n    while True:\n        n += 1\nwork()\n"
SLEEP = "import time\n\ntime.sleep(60)\n"
DEAF = "import faulthandler, signal\nfaulthandler.unregister(signal.SIGUSR1)\n" + (
    "signal.signal(signal.SIGUSR1, signal.SIG_IGN)\nprint('deaf', flush=True)\nwhile True: pass\n"
)


@contextmanager
def running(source: str) -> Iterator[tuple[int, "Printed"]]:
    """A process that runs a text as `answer.py`, and what it prints."""
    code = (
        "import faulthandler; from grader.sandbox.whereabouts import tell_when_asked as t; t();"
        f"print('begun', flush=True); exec(compile({source!r}, 'answer.py', 'exec'))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        assert process.stdout is not None
        os.set_blocking(process.stdout.fileno(), False)
        printed = Printed(process.stdout.fileno())
        try:
            yield process.pid, printed
        finally:
            process.kill()


class Printed:
    """What came through a pipe since the last call."""

    def __init__(self, fd: int) -> None:
        self.fd = fd
        self.kept = ""

    def __call__(self) -> str:
        """Read it."""
        kept, self.kept = self.kept, ""
        try:
            return kept + os.read(self.fd, 1 << 16).decode()
        except BlockingIOError:
            return kept

    def wait_for(self, word: str) -> None:
        """Keep what comes until a word is in it."""
        deadline = time.monotonic() + 30
        text = ""
        while word not in text:
            assert time.monotonic() < deadline
            text += self()
            time.sleep(0.01)
        self.kept = text


@pytest.mark.parametrize(("source", "lines"), [(LOOP, {3, 4}), (SLEEP, {3})])
def test_it_tells_the_line_and_nothing_of_that_is_shown(source, lines):
    """What the code itself printed is all that its author sees."""
    with running(source) as (pid, printed):
        printed.wait_for("begun")
        time.sleep(0.3)

        before, line = ask(pid, printed, ["answer.py"])

    assert (before, line in lines) == ("begun\n", True)


def test_all_of_the_answer_is_taken_though_it_comes_in_pieces():
    """The rest would be shown as something that the code printed."""
    pieces = [
        "begun\n",
        'Stack (most recent call first):\n  File "answer.py", line 3 in work\n',
        '  File "answer.py", line 5 in <module>\n',
    ]
    with running(SLEEP) as (pid, printed):
        printed.wait_for("begun")

        told = ask(pid, lambda: pieces.pop(0) if pieces else "", ["answer.py"])

    assert (told, pieces) == (("begun\n", 3), [])


def test_a_file_that_is_not_the_students_is_not_told():
    """A line of torch's would help nobody."""
    with running(LOOP) as (pid, printed):
        printed.wait_for("begun")
        time.sleep(0.3)

        assert ask(pid, printed, ["another.py"])[1] is None


def test_whoever_does_not_answer_is_not_waited_for_long():
    """Student code may have its own idea of a signal."""
    with running(DEAF) as (pid, printed):
        printed.wait_for("deaf")
        started = time.monotonic()

        before, line = ask(pid, printed, ["answer.py"])

    assert (before, line) == ("begun\ndeaf\n", None)
    assert time.monotonic() - started < 10 * whereabouts.SECONDS


def test_a_process_that_has_ended_tells_nothing():
    """It may end just then."""
    with running("raise SystemExit") as (pid, printed):
        time.sleep(0.5)
        assert ask(pid, printed, ["answer.py"])[1] is None
