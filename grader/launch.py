"""What `grade` runs first: has torch imported over there before it reads the command line here."""

import os
import sys

from grader.sandbox.ignite import Started

# Words after which nothing is graded, or not at once.
OTHER_COMMANDS = {"doctor", "hint", "release", "show", "verify"}
# Options, and values of theirs, with which something else than a forkserver may be needed.
OTHER_OPTIONS = ("--device", "--help", "-h", "--isolation=process", "process", "--scheduler")


def main() -> None:
    """Start the forkserver if this looks like grading, then go on as the command line says.

    There is no return: click ends by SystemExit.
    """
    arguments = sys.argv[1:]
    early = None
    if _looks_like_grading(arguments):
        early = Started("forkserver")
    from grader.cli import main as command_line

    try:
        command_line(obj=early)
    except SystemExit as leaving:
        if not isinstance(leaving.code, int):
            raise
        # All is written: an orderly shutdown would only take modules apart, one by one.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(leaving.code)


def _looks_like_grading(arguments: list[str]) -> bool:
    """A guess: where it is wrong, a process is started for nothing, and ended."""
    return (
        sys.platform.startswith("linux")
        and bool(arguments)
        and not arguments[0].startswith("-")
        and arguments[0] not in OTHER_COMMANDS
        and not any(argument.startswith(OTHER_OPTIONS) for argument in arguments)
    )
