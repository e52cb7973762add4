"""Writes an edition to a folder or a zip file, and never over anybody's work.

A folder that was made here keeps a record of what was put into it. What differs from the record
was edited there, and stays as it is.
"""

import hashlib
import os
import stat
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import msgspec

from grader.author.release.files import File, Files
from grader.errors import UsageError

RECORD = ".handrolled.json"
# A fixed date: the same edition is the same zip file, byte for byte.
DATE = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Written:
    """What became of an edition: how many files it has, and which were left alone as edited."""

    files: int
    kept: tuple[str, ...] = ()


def write(folder: Path, files: Files) -> Written:
    """Bring `folder` up to date with an edition.

    Raises `UsageError` when the folder holds something and was not made here. The record comes
    first in a fresh folder and last in an old one: interrupted anywhere, it can be done again.
    """
    try:
        known = _record_of(folder)
        folder.mkdir(parents=True, exist_ok=True)
        if not known:
            _save(folder, {})
        kept = tuple(_put_all(folder, files, known))
        kept += tuple(_remove_all(folder, files, known))
        _save(folder, {path: _hash(file.content) for path, file in files.items()})
    except OSError as error:
        raise UsageError(f"{folder} cannot be written: {error.strerror}.") from error
    return Written(len(files), kept)


def pack(archive: Path, files: Files) -> Written:
    """Write an edition as a zip file. Raises `UsageError` when there is such a file already."""
    try:
        with archive.open("xb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as zipped:
            for path, content in files.items():
                entry = zipfile.ZipInfo(path, DATE)
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.external_attr = (stat.S_IFREG | _mode(content)) << 16
                zipped.writestr(entry, content.content)
    except FileExistsError as error:
        raise UsageError(f"{archive} is there already. Remove it or give another name.") from error
    except OSError as error:
        raise UsageError(f"{archive} cannot be written: {error.strerror}.") from error
    return Written(len(files))


def _record_of(folder: Path) -> dict[str, str]:
    """What was put into a folder: hashes by path. Empty for a folder that is not there."""
    if not folder.is_dir():
        if os.path.lexists(folder):
            raise UsageError(f"{folder} is not a folder. Name one that is new or empty.")
        return {}
    if not any(folder.iterdir()):
        return {}
    try:
        return msgspec.json.decode((folder / RECORD).read_bytes(), type=dict[str, str])
    except FileNotFoundError as error:
        raise UsageError(
            f"{folder} holds files and was not made by `grade release`. Name a folder that is new "
            f"or empty."
        ) from error
    except msgspec.MsgspecError as error:
        raise UsageError(
            f"{folder / RECORD} is damaged, so nothing there may be replaced. Name a new folder."
        ) from error


def _put_all(folder: Path, files: Files, known: dict[str, str]) -> Iterator[str]:
    """Write what is not edited; yield the paths of what is."""
    for path, file in files.items():
        place = _place(folder, path)
        if _is_edited(place, {known.get(path), _hash(file.content)}):
            yield path
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            _replace(place, file)


def _remove_all(folder: Path, files: Files, known: dict[str, str]) -> Iterator[str]:
    """Remove what the edition no longer has; yield the paths of what is edited."""
    for path in sorted(known.keys() - files.keys()):
        place = _place(folder, path)
        if _is_edited(place, {known[path]}):
            yield path
            continue
        place.unlink(missing_ok=True)
        for parent in list(place.relative_to(folder).parents)[:-1]:
            if (folder / parent).is_dir() and not any((folder / parent).iterdir()):
                (folder / parent).rmdir()


def _place(folder: Path, path: str) -> Path:
    """Where a file goes. Raises `UsageError` when a link would lead it out of the folder."""
    place = folder / path
    inside = [folder / parent for parent in Path(path).parents if parent != Path()]
    linked = next((parent for parent in inside if parent.is_symlink()), None)
    if linked is not None or ".." in Path(path).parts or Path(path).is_absolute():
        raise UsageError(f"{linked or path} leads out of {folder}. Remove it and try again.")
    return place


def _is_edited(place: Path, ours: set[str | None]) -> bool:
    """Whether something is there that nobody here wrote."""
    if not os.path.lexists(place):
        return False
    return place.is_symlink() or not place.is_file() or _hash(place.read_bytes()) not in ours


def _replace(place: Path, file: File) -> None:
    """Put a file in its place in one step: it is never there by half."""
    draft = place.with_name(f"{place.name}.{os.getpid()}")
    draft.write_bytes(file.content)
    draft.chmod(_mode(file))
    draft.replace(place)


def _save(folder: Path, record: dict[str, str]) -> None:
    content = msgspec.json.format(msgspec.json.encode(record)) + b"\n"
    _replace(folder / RECORD, File(content))


def _mode(file: File) -> int:
    return 0o755 if file.executable else 0o644


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
