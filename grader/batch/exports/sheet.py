"""What an export says, whichever platform wrote it."""

import re
from dataclasses import dataclass, field
from decimal import Decimal

from grader.batch.exports.table import Table

_NUMBER = re.compile(r"-?\d+(?:[.,]\d+)?")
# Three digits could also be thousands.
_DECIMAL_COMMA = re.compile(r"-?\d+,(?!\d{3}$)\d+")
_DECIMAL_POINT = re.compile(r"-?\d+\.\d+")


@dataclass(frozen=True)
class Column:
    """A column that takes points: its heading, what an exercise may be called by in it, and the
    most points that it takes, where the export says.
    """

    index: int
    heading: str
    titles: tuple[str, ...]
    maximum: Decimal | None = None


@dataclass(frozen=True)
class Person:
    """A row of the export. `ids` has the keys of `Student.ids`, where the row has them.

    `maximum` is the most points of this row's grade; `locked` says why it may not be changed.
    """

    row: int
    name: str
    ids: dict[str, str]
    maximum: Decimal | None = None
    locked: str = ""


@dataclass(frozen=True)
class Sheet:
    """An export, read.

    `decisive` is the key of `Student.ids` by which the platform knows a person: who has another
    one is somebody else. `reserved` are the values of cells that must stay, and what they mean.
    `numbers` are more columns that hold numbers. `single`: there is one column, for any exercise.
    """

    platform: str
    columns: tuple[Column, ...]
    people: tuple[Person, ...]
    decisive: str = ""
    reserved: dict[str, str] = field(default_factory=dict)
    numbers: tuple[int, ...] = ()
    single: bool = False


def number(text: str) -> Decimal | None:
    """A number with either decimal mark; None when it is something else."""
    plain = text.strip()
    return Decimal(plain.replace(",", ".")) if _NUMBER.fullmatch(plain) else None


def decimal_mark(table: Table, sheet: Sheet) -> str:
    """The decimal mark of an export: a comma only where all of its fractions have one."""
    columns = [*(column.index for column in sheet.columns), *sheet.numbers]
    cells = [table.value(row, c).strip() for row in range(1, len(table.rows)) for c in columns]
    if any(_DECIMAL_POINT.fullmatch(cell) for cell in cells):
        return "."
    return "," if any(_DECIMAL_COMMA.fullmatch(cell) for cell in cells) else "."


def headings(table: Table) -> dict[str, int]:
    """The column of each heading, in small letters; of two that are the same, the first."""
    found: dict[str, int] = {}
    for index in range(len(table.rows[0].cells)):
        found.setdefault(table.value(0, index).strip().lower(), index)
    return found


def is_blank(table: Table, row: int) -> bool:
    """Whether a line says nothing."""
    return not any(table.value(row, c).strip() for c in range(len(table.rows[row].cells)))
