"""All files of a delivery, those in archives too."""

from collections.abc import Iterator
from dataclasses import dataclass

from grader.batch.archive import STUDENT, Unpacker
from grader.batch.layouts.delivery import Delivery
from grader.batch.model import Unmatched
from grader.batch.names import is_archive
from grader.batch.tree import File, Folder, Parts, Unusable

# Archives in archives, what a student handed in being the first.
MAX_NESTING = 3


@dataclass(frozen=True)
class Content:
    """One file out of a delivery, and where in it the file lay."""

    delivery: Delivery
    parts: Parts
    file: File


@dataclass(frozen=True)
class Opened:
    """A delivery, all files in it, and what was refused on the way."""

    delivery: Delivery
    contents: tuple[Content, ...]
    refused: tuple[Unmatched, ...]


def opened(delivery: Delivery, unpacker: Unpacker) -> Opened:
    """List what is in a delivery; an archive counts as a folder of its name."""
    refused: list[Unmatched] = []
    inside = list(_inside(delivery.folder, unpacker, refused, 1))
    contents = tuple(Content(delivery, parts, file) for parts, file in inside)
    return Opened(delivery, contents, tuple(refused))


def _inside(
    folder: Folder, unpacker: Unpacker, refused: list[Unmatched], level: int
) -> Iterator[tuple[Parts, File]]:
    for parts, inner in folder.walk():
        refused += inner.refused
        for name, file in sorted(inner.files.items()):
            if not is_archive(name):
                yield (*parts, name), file
                continue
            try:
                unpacked = _unpacked(file, unpacker, level)
            except Unusable as error:
                refused.append(Unmatched(file.origin, str(error)))
                continue
            for below, packed in _inside(unpacked, unpacker, refused, level + 1):
                yield (*parts, name, *below), packed


def _unpacked(file: File, unpacker: Unpacker, level: int) -> Folder:
    assert file.path is not None  # archives are always unpacked
    if level > MAX_NESTING:
        raise Unusable(f"lies in {MAX_NESTING} other archives; hand in the Python file alone")
    return unpacker.unpack(file.path, f"{file.origin}/", STUDENT)
