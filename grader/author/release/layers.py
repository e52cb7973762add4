"""What a file holds: its own text, and what is packed, compressed or encoded in it, to any depth.

What cannot be looked into is not passed over in silence: it is `Closed`, with the reason.
"""

import base64
import binascii
import bz2
import gzip
import io
import lzma
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

# A course is a few megabytes of text. What unpacks to more than this is not looked into.
MAX_BYTES = 256 << 20
MAX_DEPTH = 6
MEGABYTE = 1 << 20

# Characters in a row that could be base64: as many as a dozen words make, on one line or many.
_BASE64 = re.compile(rb"(?:[A-Za-z0-9+/_-]{16,}[ \t]*(?:\\n|\r?\n)?[ \t]*){3,}={0,2}")
_NO_BASE64 = re.compile(rb"\\n|\s+")
# How a compressed stream begins, and how it is opened.
_STREAMS: dict[bytes, Callable[[BinaryIO], io.BufferedIOBase]] = {
    b"\x1f\x8b": lambda file: gzip.GzipFile(fileobj=file),
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ\0": lzma.LZMAFile,
}
_ZLIB = (b"x\x01", b"x\x9c", b"x\xda")
# Archives that Python cannot open: 7-Zip, RAR, Zstandard.
_FOREIGN = (b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"\x28\xb5\x2f\xfd")
_UNREADABLE = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError,
    RuntimeError, NotImplementedError, ValueError,
)  # fmt: skip


@dataclass(frozen=True)
class Layer:
    """Content, and the way to it: the path of a file, of a file in that file, and so on."""

    way: tuple[str, ...]
    content: bytes


@dataclass(frozen=True)
class Closed:
    """Something that cannot be looked into."""

    way: tuple[str, ...]
    why: str


class TooMuch(Exception):
    """More was packed into a file than is looked at."""


@dataclass
class _Budget:
    """How many more bytes may come out of one file."""

    left: int

    def take(self, content: bytes) -> bytes:
        self.left -= len(content)
        if self.left < 0:
            raise TooMuch
        return content


def layers(name: str, content: bytes) -> Iterator[Layer | Closed]:
    """A file and everything in it."""
    try:
        yield from _layers(Layer((name,), content), _Budget(MAX_BYTES), MAX_DEPTH)
    except TooMuch:
        yield Closed((name,), f"it unpacks to more than {MAX_BYTES // MEGABYTE} MB")


def _layers(layer: Layer, budget: _Budget, depth: int) -> Iterator[Layer | Closed]:
    yield layer
    if depth == 0:
        yield Closed(layer.way, "it is packed too many times over")
        return
    try:
        for name, content in _packed(layer.content, budget):
            yield from _layers(Layer((*layer.way, name), content), budget, depth - 1)
    except _UNREADABLE as error:
        yield Closed(layer.way, f"it cannot be unpacked ({error})")
    for name, content in _encoded(layer.content, budget):
        # Any long word can be decoded, to what looks like anything: its failures tell nothing.
        found = _layers(Layer((*layer.way, name), content), budget, depth - 1)
        yield from (part for part in found if isinstance(part, Layer))


def _packed(content: bytes, budget: _Budget) -> Iterator[tuple[str, bytes]]:
    """The files in an archive, or the one in a compressed stream."""
    stream = next((opened for magic, opened in _STREAMS.items() if content.startswith(magic)), None)
    if content.startswith(_FOREIGN):
        raise NotImplementedError("an archive of this kind is not opened here")
    if zipfile.is_zipfile(io.BytesIO(content)):
        yield from _zipped(content, budget)
    elif content[257:262] == b"ustar":
        yield from _tarred(content, budget)
    elif stream is not None:
        with stream(io.BytesIO(content)) as file:
            yield "unpacked", budget.take(file.read(budget.left + 1))
    elif content.startswith(_ZLIB):
        yield "unpacked", budget.take(zlib.decompressobj().decompress(content, budget.left + 1))


def _zipped(content: bytes, budget: _Budget) -> Iterator[tuple[str, bytes]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for entry in archive.infolist():
            if not entry.is_dir():
                with archive.open(entry) as file:
                    yield entry.filename, budget.take(file.read(budget.left + 1))


def _tarred(content: bytes, budget: _Budget) -> Iterator[tuple[str, bytes]]:
    with tarfile.open(fileobj=io.BytesIO(content)) as archive:
        for entry in archive:
            file = archive.extractfile(entry) if entry.isfile() else None
            if file is not None:
                yield entry.name, budget.take(file.read(budget.left + 1))


def _encoded(content: bytes, budget: _Budget) -> Iterator[tuple[str, bytes]]:
    """What is written as base64 in a text, on one line or over many."""
    for match in _BASE64.finditer(content):
        line = content.count(b"\n", 0, match.start()) + 1
        yield f"base64 in line {line}", budget.take(_decoded(match[0]))


def _decoded(text: bytes) -> bytes:
    """Base64 of either alphabet; empty where it is none."""
    plain = _NO_BASE64.sub(b"", text).rstrip(b"=").replace(b"-", b"+").replace(b"_", b"/")
    plain = plain[: len(plain) - 1] if len(plain) % 4 == 1 else plain
    try:
        return base64.b64decode(plain + b"=" * (-len(plain) % 4))
    except binascii.Error:
        return b""
