"""A table of text in which single cells can be changed, and nothing else, to the byte.

The csv module reads cells but forgets how they were quoted and how lines ended, so the text is
split here. What a cell means is what the csv module says of it.
"""

import codecs
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from grader.errors import UsageError

_MARKS = {
    codecs.BOM_UTF8: "utf-8",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}
# The first bytes of workbooks, old and new, and of other archives.
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True)
class Coding:
    """How text is written as bytes: a byte order mark, or none, and a codec."""

    mark: bytes
    codec: str

    def encode(self, text: str) -> bytes:
        """The bytes of `text`."""
        return self.mark + text.encode(self.codec)


def decode(data: bytes) -> tuple[str, Coding]:
    """The text of a file; encoding it again gives the same bytes.

    Raises `UsageError` when it is no text.
    """
    if data.startswith(_WORKBOOKS):
        raise UsageError("it is a workbook or an archive. Save it as CSV, or download it as CSV")
    mark = next((mark for mark in _MARKS if data.startswith(mark)), b"")
    for codec in [_MARKS[mark]] if mark else _likely(data):
        try:
            text = data.removeprefix(mark).decode(codec)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text, Coding(mark, codec)
    raise UsageError("it is not text in UTF-8 or UTF-16. Download it again as CSV")


def _likely(data: bytes) -> list[str]:
    """The codecs to try for bytes without a mark, of which the first character is ASCII."""
    if b"\0" in data[:2]:
        return ["utf-16-be" if data.startswith(b"\0") else "utf-16-le"]
    # The other is what a spreadsheet program in the west may save as "CSV".
    return ["utf-8", "cp1252"]


@dataclass(frozen=True)
class Row:
    """A line of a table: its cells as they are written, and how it ends (not at all, maybe)."""

    cells: tuple[str, ...]
    end: str


@dataclass(frozen=True)
class Table:
    """The rows of a file."""

    delimiter: str
    rows: tuple[Row, ...]

    def value(self, row: int, column: int | None) -> str:
        """What a cell says, without quotes; empty where there is no such cell."""
        cells = self.rows[row].cells
        return meaning(cells[column]) if column is not None and column < len(cells) else ""

    def changed(self, values: Mapping[tuple[int, int], str]) -> "Table":
        """The table with other values at (row, column); a quoted cell stays quoted."""
        rows = list(self.rows)
        for (row, column), value in values.items():
            cells = list(rows[row].cells)
            quoted = cells[column].startswith('"') or self.delimiter in value
            cells[column] = f'"{value}"' if quoted else value
            rows[row] = replace(rows[row], cells=tuple(cells))
        return replace(self, rows=tuple(rows))

    def text(self) -> str:
        """The table as it is written."""
        return "".join(self.delimiter.join(row.cells) + row.end for row in self.rows)


def split(text: str, delimiter: str) -> Iterator[Row]:
    """The rows of a text. Raises `UsageError` when a quotation mark is never closed."""
    other = rf"[^{re.escape(delimiter)}\r\n]*+"
    # Possessive, so that a quotation mark that is one of a pair never counts as the last.
    cell = re.compile(rf'"[^"]*+(?:""[^"]*+)*+"{other}|(?!"){other}')
    position = 0
    while position < len(text):
        cells = []
        while match := cell.match(text, position):
            cells.append(match[0])
            position = match.end()
            if not text.startswith(delimiter, position):
                break
            position += len(delimiter)
        if match is None:
            line = len(_LINE_END.findall(text, 0, position)) + 1
            raise UsageError(f"a quotation mark in line {line} is never closed. Download it again")
        end = _LINE_END.match(text, position)
        position = end.end() if end else position
        yield Row(tuple(cells), end[0] if end else "")


def meaning(cell: str) -> str:
    """What a cell says: a quoted part without its quotes, and whatever follows it as it is."""
    if not cell.startswith('"'):
        return cell
    inside, outside = _unquoted(cell)
    return inside.replace('""', '"') + outside


def _unquoted(cell: str) -> tuple[str, str]:
    match = re.match(r'"([^"]*+(?:""[^"]*+)*+)"', cell)
    assert match is not None, "split() makes no other cells"
    return match[1], cell[match.end() :]
