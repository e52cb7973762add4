"""Planes of numbers as pictures: which shade each cell has, what stands in it and beside it.

Colours are classes of the style sheet: `s0` … `s8` from low to high for values, `d0` … `d8` from
below zero to above for differences, `x` for what is no finite number.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from grader.model import Planes
from grader.report.planes import NOTHING, differ, number

# The shades of a scale are numbered 0 … STEPS; the middle one means "no difference".
STEPS = 8
MIDDLE = STEPS // 2
# Pixels: of a cell, of one character in it, and the widest picture that still has its numbers in.
SIDE, CHARACTER, WIDEST = 26, 7, 480
# Where a picture may be too wide for a phone, so that it has to be scrolled.
NARROW = 230


@dataclass(frozen=True)
class Cell:
    """One value as text, its shade, whether it is marked as wrong, and all about it in words."""

    text: str
    shade: str
    marked: bool
    told: str


@dataclass(frozen=True)
class Picture:
    """One plane, ready to be drawn, in cells with room for so many characters.

    `scale` is the letter of its shades; `low` and `high` are written at the ends of them.
    """

    title: str
    rows: tuple[tuple[Cell, ...], ...]
    room: int
    scale: str
    low: str
    high: str

    @property
    def columns(self) -> int:
        """How many cells are in a row."""
        return len(self.rows[0]) if self.rows else 0

    @property
    def marked(self) -> int:
        """How many of its values are marked."""
        return sum(cell.marked for row in self.rows for cell in row)

    @property
    def summary(self) -> str:
        """Its size, and how much of it is marked."""
        size = f"{len(self.rows)} by {self.columns}"
        if not self.marked:
            return size
        return f"{size}, {self.marked} of {len(self.rows) * self.columns} differ"

    @property
    def has_numbers(self) -> bool:
        """Whether there is room for the numbers in the cells."""
        return self.columns * self._wanted <= WIDEST

    @property
    def side(self) -> int:
        """The width of a cell in pixels."""
        return self._wanted if self.has_numbers else SIDE

    @property
    def is_wide(self) -> bool:
        """Whether it may have to be scrolled on a phone."""
        return self.columns * self.side > NARROW

    @property
    def _wanted(self) -> int:
        return max(SIDE, self.room * CHARACTER + 10)


def pictures(planes: Planes) -> tuple[Picture, Picture, Picture]:
    """What was expected, what came, and the difference; the first two share colours and size."""
    pairs = [
        list(zip(wanted, got, strict=True))
        for wanted, got in zip(planes.expected, planes.actual, strict=True)
    ]
    low, high = _ends(value for row in pairs for pair in row for value in pair)
    reach = max(map(abs, _ends(g - w for row in pairs for w, g in row)))
    expected = [[_expected(w, low, high) for w, _ in row] for row in pairs]
    yours = [[_yours(w, g, low, high) for w, g in row] for row in pairs]
    apart = [[_difference(w, g, reach) for w, g in row] for row in pairs]
    room = max(_longest(expected), _longest(yours))
    return (
        _picture("expected", expected, room, "s", (low, high)),
        _picture("yours", yours, room, "s", (low, high)),
        _picture("difference", apart, _longest(apart), "d", (-reach, reach)),
    )


def shade(value: float, low: float, high: float) -> int:
    """Where a value lies between two ends, in steps; the middle where they are the same."""
    largest = max(abs(low), abs(high))
    if low == high:
        return MIDDLE
    # Divided first, so that the ends can be as far apart as floats can be.
    place = (value / largest - low / largest) / (high / largest - low / largest)
    return min(STEPS, max(0, round(place * STEPS)))


def _picture(
    title: str, cells: list[list[Cell]], room: int, scale: str, ends: tuple[float, float]
) -> Picture:
    low, high = map(number, ends)
    return Picture(title, tuple(map(tuple, cells)), room, scale, low, high)


def _expected(wanted: float, low: float, high: float) -> Cell:
    return Cell(number(wanted), _value_shade(wanted, low, high), False, number(wanted))


def _yours(wanted: float, got: float, low: float, high: float) -> Cell:
    if not differ(wanted, got):
        return _expected(got, low, high)
    told = f"{number(got)}, expected {number(wanted)}"
    return Cell(number(got), _value_shade(got, low, high), True, told)


def _difference(wanted: float, got: float, reach: float) -> Cell:
    if not differ(wanted, got):
        return Cell(NOTHING, f"d{MIDDLE}", False, "no difference")
    apart = number(got - wanted)
    told = f"{apart}: {number(got)} instead of {number(wanted)}"
    return Cell(apart, _difference_shade(got - wanted, reach), False, told)


def _value_shade(value: float, low: float, high: float) -> str:
    return f"s{shade(value, low, high)}" if math.isfinite(value) else "x"


def _difference_shade(apart: float, reach: float) -> str:
    """Never the middle one: however small, it is a difference."""
    if not math.isfinite(apart):
        return "x"
    steps = max(1, math.ceil(abs(apart) / reach * MIDDLE))
    return f"d{MIDDLE + (steps if apart > 0 else -steps)}"


def _ends(values: Iterable[float]) -> tuple[float, float]:
    """The least and the greatest of what is finite; zeros if nothing is."""
    finite = [value for value in values if math.isfinite(value)]
    return (min(finite), max(finite)) if finite else (0.0, 0.0)


def _longest(cells: list[list[Cell]]) -> int:
    return max((len(cell.text) for row in cells for cell in row), default=0)
