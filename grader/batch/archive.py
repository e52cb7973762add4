"""Archives, unpacked without trusting them.

No name out of an archive becomes a path on disk: members are kept in numbered folders, and their
names live in a `Folder` only. So no path can lead out, and no two names can clash. Only what a
grader may need is unpacked at all.
"""

import gzip
import io
import re
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO

from grader.batch.model import Unmatched
from grader.batch.names import ARCHIVES, CODE, file_name_of, is_junk, shown
from grader.batch.tree import MAX_DEPTH, TOO_DEEP, File, Folder, Parts, Unusable, read_bytes
from grader.errors import GraderError

CHUNK = 1 << 16
MAX_READS_PAST_END = 10
MAX_TOTAL_BYTES = 4 << 30
# Two kinds of data that platforms add to what students hand in.
_METADATA = re.compile(r"submission_metadata\.yml|.*_attempt_[\d-]+\.txt", re.DOTALL)
# What reading an archive raises when it is not what it claims to be.
_BROKEN = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, struct.error,
    EOFError, OSError, ValueError, NotImplementedError, RecursionError,
)  # fmt: skip


@dataclass(frozen=True)
class Limits:
    """How much may come out of one archive: bytes, and members of any kind.

    `advice` is what to do about one that holds more.
    """

    total: int
    members: int
    advice: str


STUDENT = Limits(64 << 20, 10_000, "hand in the Python file alone")
# Of a whole class; clones have many members.
CLASS = Limits(MAX_TOTAL_BYTES, 500_000, "unpack it yourself and give the folder")


@dataclass(frozen=True)
class _Member:
    """One member of an archive. `why` says why it cannot be used, if so."""

    name: str
    is_folder: bool
    why: str
    open: Callable[[], IO[bytes] | None]


class Unpacker:
    """Unpacks archives into one folder, and all of them together to 4 GiB at most."""

    def __init__(self, into: Path) -> None:
        self._into = into
        self._left = MAX_TOTAL_BYTES
        self._count = 0

    def unpack(self, path: Path, origin: str, limits: Limits) -> Folder:
        """The files in an archive. `origin` is what stands before their names when shown.

        Raises `Unusable` when it is broken, locked or too large. What cannot be used in an
        archive that is otherwise fine is refused in the folder where it would be.
        """
        root, budget = Folder(origin=origin), _Budget(limits.total, limits.advice)
        for number, member in enumerate(_members(path, limits)):
            if number >= limits.members:
                raise _too_many(limits)
            self._add(root, member, budget)
        return root

    def _add(self, root: Folder, member: _Member, budget: "_Budget") -> None:
        place = shown(f"{root.origin}{member.name}")
        try:
            parts = _parts(member.name)
        except Unusable as error:
            root.refused.append(Unmatched(place, str(error)))
            return
        junk = next((i for i, part in enumerate(parts) if is_junk(part)), None)
        if junk is not None:
            root.place(parts[: junk + 1] if parts[junk] == ".git" else ())
        elif member.why:
            root.place(parts[:-1]).refused.append(Unmatched(place, member.why))
        elif member.is_folder:
            root.place(parts)
        elif parts:
            self._add_file(root.place(parts[:-1]), parts[-1], member, place, budget)

    def _add_file(
        self, folder: Folder, name: str, member: _Member, place: str, budget: "_Budget"
    ) -> None:
        path = None
        if name.lower().endswith((*CODE, *ARCHIVES)) or _METADATA.fullmatch(name):
            try:
                path = self._save(name, member, budget)
            except zipfile.BadZipFile as error:  # of this member alone
                folder.refused.append(Unmatched(place, f"is damaged: {shown(str(error))}"))
                return
        if name in folder.files:
            why = "is in the archive more than once; the last one counts"
            folder.refused.append(Unmatched(place, why))
        folder.files[name] = File(name, path, place)

    def _save(self, name: str, member: _Member, budget: "_Budget") -> Path:
        self._count += 1
        path = self._into / "unpacked" / str(self._count) / file_name_of(name)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("wb") as file:
                for chunk in _chunks(member):
                    budget.take(len(chunk))
                    self._left -= len(chunk)
                    if self._left < 0:
                        raise Unusable("unpacks to more than 4 GiB, with all the others")
                    file.write(chunk)
        except OSError as error:
            message = f"{path} cannot be written: {error.strerror}. Choose another place."
            raise GraderError(message) from error
        return path


@dataclass
class _Budget:
    """Bytes that may still come out of one archive."""

    left: int
    advice: str

    def take(self, count: int) -> None:
        """Raises `Unusable` when there are not that many left."""
        self.left -= count
        if self.left < 0:
            raise Unusable(f"unpacks to more than it may; {self.advice}")


def _too_many(limits: Limits) -> Unusable:
    return Unusable(f"has more than {limits.members:,} members; {limits.advice}")


def _chunks(member: _Member) -> Iterator[bytes]:
    """The bytes of a member. Whatever reading raises is the archive's fault, not the disk's."""
    try:
        with member.open() or io.BytesIO() as stream:
            while chunk := stream.read(CHUNK):
                yield chunk
    except zipfile.BadZipFile:
        raise
    except (*_BROKEN, RuntimeError) as error:
        raise Unusable(f"is broken and cannot be unpacked: {shown(str(error))}") from error


def _parts(name: str) -> Parts:
    """The parts of a member's path. Raises `Unusable` for one that leads somewhere else."""
    parts = tuple(part for part in name.split("/") if part not in ("", "."))
    if name.startswith("/") or re.match(r"[A-Za-z]:", name) or ".." in parts:
        raise Unusable("has a path that leads out of the archive")
    if len(parts) > MAX_DEPTH:
        raise Unusable(TOO_DEEP)
    return parts


def _members(path: Path, limits: Limits) -> Iterator[_Member]:
    try:
        if path.name.lower().endswith(".zip"):
            yield from _zip_members(path, limits)
        else:
            yield from _tar_members(path, limits)
    except _BROKEN as error:
        raise Unusable(f"is broken and cannot be unpacked: {shown(str(error))}") from error


def _opened(path: Path, limits: Limits) -> IO[bytes]:
    """An archive to read from. Raises `Unusable` when a zip lists too many members."""
    if limits is not STUDENT:
        return path.open("rb")
    data = read_bytes(path, limits.total)
    # Each member of a zip has this mark. Only to list a million of them takes a gigabyte.
    if data.count(b"PK\x01\x02") > limits.members:
        raise _too_many(limits)
    return io.BytesIO(data)


def _zip_members(path: Path, limits: Limits) -> Iterator[_Member]:
    with _opened(path, limits) as file, zipfile.ZipFile(file) as archive:
        for info in archive.infolist():
            if info.flag_bits & 0x1:
                raise Unusable("is locked with a password; pack it without one")
            name = _zip_name(info).replace("\\", "/")
            yield _Member(name, name.endswith("/"), _zip_why(info), partial(archive.open, info))


def _zip_name(info: zipfile.ZipInfo) -> str:
    """Names are cp437 unless a flag says UTF-8, and some programs forget the flag."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


def _zip_why(info: zipfile.ZipInfo) -> str:
    # The upper half holds the mode of a Unix file, or nothing.
    kind = (info.external_attr >> 16) & 0o170000
    if kind == 0o120000:
        return "is a symbolic link; none is followed"
    if kind not in (0, 0o100000, 0o040000):
        return "is no file, but a pipe, socket or device"
    # The others may ask for gigabytes of memory before the first byte comes out.
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "is packed by an unusual method; pack it as an ordinary zip"
    return ""


def _tar_members(path: Path, limits: Limits) -> Iterator[_Member]:
    with _opened(path, limits) as file:
        is_gzip = file.read(2) == b"\x1f\x8b"
        file.seek(0)
        plain = gzip.GzipFile(fileobj=file) if is_gzip else file
        # As a stream, so that no member can point back to where it began.
        with tarfile.open(fileobj=_Counted(plain, limits), mode="r|") as archive:
            for info in archive:
                yield _Member(
                    info.name, info.isdir(), _tar_why(info), partial(archive.extractfile, info)
                )


def _tar_why(info: tarfile.TarInfo) -> str:
    if info.issym() or info.islnk():
        return "is a link; none is followed"
    if not (info.isdir() or info.isreg()) or info.issparse():
        return "is no ordinary file"
    return ""


class _Counted(io.RawIOBase):
    """A stream out of which no more bytes come than `limits` allow, skipped ones included."""

    def __init__(self, stream: IO[bytes] | gzip.GzipFile, limits: Limits) -> None:
        super().__init__()
        self._stream = stream
        # Headers and padding come on top of the members.
        self._budget = _Budget(limits.total + (1 << 20), limits.advice)
        self._reads_past_end = 0

    def read(self, size: int = -1) -> bytes:
        """The next bytes. Raises `Unusable` when the limit is passed, EOFError past the end."""
        data = self._stream.read(size)
        self._budget.take(len(data))
        self._reads_past_end += not data
        # A header may claim more bytes than there are, and to skip them would take for ever.
        if self._reads_past_end > MAX_READS_PAST_END:
            raise EOFError("it ends too early")
        return data
