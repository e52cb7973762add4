"""What was handed in, as folders and files, whether it lies on disk or came out of an archive.

Only files and folders get in. A symbolic link is never followed, a pipe or device never opened;
both are refused, and so is what cannot be listed.
"""

import os
import stat
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from grader.batch.model import Unmatched
from grader.batch.names import is_junk, shown

# No honest tree is deeper; it keeps recursion short.
MAX_DEPTH = 40
TOO_DEEP = f"lies more than {MAX_DEPTH} folders deep"

Parts = tuple[str, ...]


class Unusable(Exception):
    """Something that was handed in cannot be used; the message is why, without its name."""


@dataclass(frozen=True)
class File:
    """A file under the name that its owner gave it.

    `path` is where it can be read; None for what is of no use to a grader and was not unpacked.
    `origin` is where it was found, in the teacher's words.
    """

    name: str
    path: Path | None
    origin: str


@dataclass(frozen=True)
class Folder:
    """A folder: its files and folders by name, and what was refused in it.

    `origin` is what stands before their names when shown; it ends in a slash, or is empty.
    """

    name: str = ""
    origin: str = ""
    files: dict[str, File] = field(default_factory=dict)
    folders: dict[str, "Folder"] = field(default_factory=dict)
    refused: list[Unmatched] = field(default_factory=list)

    def place(self, parts: Parts) -> "Folder":
        """The folder below this one at `parts`, made where it is not there yet."""
        folder = self
        for name in parts:
            inner = Folder(name, f"{folder.origin}{name}/")
            folder = folder.folders.setdefault(name, inner)
        return folder

    def walk(self) -> Iterator[tuple[Parts, "Folder"]]:
        """This folder and every folder below it, except for virtual environments."""
        pending: list[tuple[Parts, Folder]] = [((), self)]
        while pending:
            parts, folder = pending.pop()
            yield parts, folder
            for name, inner in sorted(folder.folders.items(), reverse=True):
                if "pyvenv.cfg" not in inner.files:
                    pending.append(((*parts, name), inner))


def single(file: File) -> Folder:
    """A folder that holds one file."""
    return Folder(files={file.name: file})


def read_folder(root: Path, skipped: Collection[Path] = ()) -> Folder:
    """The tree of files below `root`, without the folders `skipped` (absolute paths).

    Raises `Unusable` when the root itself cannot be listed.
    """
    folder = Folder(root.name)
    _read(folder, root, 0, frozenset(skipped))
    return folder


def _read(folder: Folder, path: Path, depth: int, skipped: frozenset[Path]) -> None:
    try:
        entries = sorted(os.scandir(path), key=lambda entry: entry.name)
    except OSError as error:
        raise Unusable(f"cannot be opened: {error.strerror}") from error
    for entry in entries:
        _add(folder, entry, depth, skipped)


def _add(folder: Folder, entry: os.DirEntry[str], depth: int, skipped: frozenset[Path]) -> None:
    name, path = entry.name, Path(entry.path)
    place = shown(f"{folder.origin}{name}")
    if name == ".git" and entry.is_dir(follow_symlinks=False):
        folder.place((name,))  # kept out, but it tells that this is a clone
    elif is_junk(name) or path in skipped:
        return
    elif entry.is_symlink():
        folder.refused.append(Unmatched(place, "is a symbolic link; none is followed"))
    elif entry.is_file(follow_symlinks=False):
        folder.files[name] = File(name, path, place)
    elif not entry.is_dir(follow_symlinks=False):
        folder.refused.append(Unmatched(place, "is no file, but a pipe, socket or device"))
    elif depth == MAX_DEPTH:
        folder.refused.append(Unmatched(place, TOO_DEEP))
    else:
        inner = folder.place((name,))
        try:
            _read(inner, path, depth + 1, skipped)
        except Unusable as error:
            inner.refused.append(Unmatched(place, str(error)))


def read_bytes(path: Path, limit: int) -> bytes:
    """All of a file. Raises `Unusable` when it cannot be read or has more than `limit` bytes."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as file:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise Unusable("is not a file")
            data = file.read(limit + 1)
    except OSError as error:
        raise Unusable(f"cannot be read: {error.strerror}") from error
    if len(data) > limit:
        raise Unusable(f"is larger than {limit >> 20} MiB")
    return data
