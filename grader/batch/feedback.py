"""Files for the students, laid out as the platform that they handed in to wants them back."""

import stat
import unicodedata
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath

from grader.batch.atomic import writing
from grader.batch.model import Entry
from grader.errors import UsageError

# The earliest that a zip file can say, and the same on every day.
_NO_DATE = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
# In bytes; what the common file systems allow.
_LONGEST_NAME = 255


def write(entries: Iterable[Entry], render: Callable[[Entry], str], folder: Path) -> list[str]:
    """Write what `render` makes of each entry below `folder`, where its hand-in says.

    These paths come from names that students chose: one that leads out of `folder`, cannot be a
    file, or is somebody else's already is left out. Returns a sentence for each of those.
    """
    left_out, taken = [], set[str]()
    for entry in entries:
        path = entry.handin.feedback
        if not path:
            continue
        why = _refused(path, folder, taken)
        if why:
            left_out.append(f"{entry.handin.student.shown}: {path!r} {why}.")
            continue
        taken.add(path.casefold())
        _put(folder / path, render(entry))
    return left_out


def _refused(path: str, folder: Path, taken: set[str]) -> str:
    """Why a file cannot be written at `path`; empty when it can."""
    parts = path.split("/")
    if any(part in ("", ".", "..") for part in parts) or any(c in path for c in "\\:"):
        return "is no path inside of a folder"
    if any(len(part.encode(errors="replace")) > _LONGEST_NAME for part in parts):
        return "is too long for the name of a file"
    if any(unicodedata.category(character) in ("Cc", "Cs") for character in path):
        return "cannot be the name of a file"
    if not (folder / path).resolve().is_relative_to(folder.resolve()):
        return "leads out of the folder"
    lowered = PurePosixPath(path.casefold())
    nested = any(PurePosixPath(other).is_relative_to(lowered) for other in taken)
    if nested or any(str(parent) in taken for parent in lowered.parents):
        return "is where the feedback of somebody else is"
    return ""


def _put(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    except OSError as error:
        raise UsageError(
            f"{path} cannot be written: {error.strerror}. Choose an empty folder with -o."
        ) from error


def zip_up(folder: Path, target: Path) -> None:
    """Pack the files of `folder`, without its own name in front, as platforms take them back.

    The same files give the same bytes. Raises `UsageError` when `target` cannot be written.
    """
    files = sorted(p for p in folder.rglob("*") if p.is_file() and not p.is_symlink())
    with writing(target) as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in files:
            entry = zipfile.ZipInfo(path.relative_to(folder).as_posix(), _NO_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = _UNIX
            entry.external_attr = (stat.S_IFREG | 0o644) << 16
            archive.writestr(entry, path.read_bytes())
