"""Finding and reading what a student hands in. Whatever is wrong with it gets a sentence."""

import errno
import hashlib
import os
import stat
from pathlib import Path

from grader.errors import UsageError
from grader.model import Exercise, Submission

# Two hundred times a long answer.
MAX_BYTES = 1 << 18


class Unreadable(Exception):
    """The file is there, but it is no text that Python could import: an answer of 0 points."""


def locate(exercise: Exercise, given: Path) -> Path:
    """The file of an exercise: `given` itself, or the one in the folder `given`.

    Raises `UsageError` when there is none, or more than one.
    """
    try:
        return _locate(exercise, given)
    except OSError as error:  # a folder that may not be entered, a name that no system could have
        shown = _shown(given)[:300]
        raise UsageError(f"{shown} cannot be looked at: {error.strerror}.") from error


def _locate(exercise: Exercise, given: Path) -> Path:
    name = exercise.file_name
    if not given.exists():
        shown = _shown(given)
        raise UsageError(f"There is no file or folder {shown}. Give --submission a path that is.")
    if not given.is_dir():
        return given
    for candidate in (given / exercise.stem / name, given / name):
        if os.path.lexists(candidate):
            return candidate
    found = sorted(path for path in given.rglob(name) if path.is_file())
    if len(found) == 1:
        return found[0]
    if found:
        shown = ", ".join(str(path) for path in found[:3])
        raise UsageError(f"{given} holds {name} more than once ({shown}). Name the one you mean.")
    own = given / exercise.stem
    again = f", or bring it back with `git checkout {own / name}`" if own.is_dir() else ""
    raise UsageError(
        f"There is no {name} in {given}. {exercise.id} is handed in as {name}; "
        f"give its path with --submission{again}."
    )


def read(path: Path) -> Submission:
    """The file at `path`. Raises `UsageError` if it cannot be opened."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        reason = "it is a symbolic link" if error.errno == errno.ELOOP else error.strerror
        raise UsageError(f"{path} cannot be read: {reason}. Hand in the file itself.") from error
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise UsageError(f"{path} is not a file. Hand in the file itself.")
        with os.fdopen(os.dup(descriptor), "rb") as file:
            source = file.read(MAX_BYTES + 1)
    finally:
        os.close(descriptor)
    return Submission(_shown(path), source, hashlib.sha256(source).hexdigest())


def _shown(path: Path) -> str:
    """A path as text that can be printed and encoded, whatever bytes and signs are in its name."""
    text = os.fsencode(path).decode("utf-8", "replace")
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def check_text(submission: Submission) -> None:
    """Raises `Unreadable` with a sentence when the bytes are no Python text."""
    source, name = submission.source, Path(submission.path).name
    if len(source) > MAX_BYTES:
        raise Unreadable(f"{name} is larger than {MAX_BYTES >> 10} KiB. An answer is far smaller.")
    if source.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(f"{name} is saved as UTF-16. Save it as UTF-8 in your editor.")
    if b"\0" in source:
        raise Unreadable(f"{name} contains NUL bytes, so it is no Python text. Save it again.")
    try:
        source.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise Unreadable(f"{name}, line {line}: this is not UTF-8. Save it as UTF-8.") from error
