"""Small planes of numbers, drawn side by side: what was expected, what came, the difference.

Readable without colour: a value that differs is marked with a star, and a difference of nothing
is a dot.
"""

import math
from itertools import zip_longest

from grader.model import Planes

GAP = "    "
NOTHING = "·"


def draw(planes: Planes, width: int) -> list[str]:
    """Lines of at most `width` characters; below each other where they do not fit beside."""
    expected = [[number(value) for value in row] for row in planes.expected]
    yours, difference = [], []
    for want, got in zip(planes.expected, planes.actual, strict=True):
        apart = [differ(w, g) for w, g in zip(want, got, strict=True)]
        yours.append([number(g) + ("*" if d else " ") for g, d in zip(got, apart, strict=True)])
        pairs = zip(want, got, apart, strict=True)
        difference.append([number(g - w) if d else NOTHING for w, g, d in pairs])
    blocks = [
        _block("expected", expected),
        _block("yours", yours),
        _block("difference", difference),
    ]
    if sum(len(block[0]) for block in blocks) + 2 * len(GAP) <= width:
        return [GAP.join(lines).rstrip() for lines in zip_longest(*blocks)]
    stacked = [line.rstrip() for block in blocks for line in block]
    return stacked if max(map(len, stacked)) <= width else []


def differ(want: float, got: float) -> bool:
    """Whether two values are different; nan is nan."""
    return not (want == got or (math.isnan(want) and math.isnan(got)))


def number(value: float) -> str:
    """A value in three digits; what is left of the point in all of its digits."""
    if math.isfinite(value) and abs(value) < 1e6 and (value == int(value) or abs(value) >= 1e3):
        return str(round(value))
    return f"{value:.3g}"


def _block(title: str, rows: list[list[str]]) -> list[str]:
    """A title and right-aligned columns, all lines equally long."""
    size = max((len(cell) for row in rows for cell in row), default=0)
    lines = [title, *(" ".join(cell.rjust(size) for cell in row) for row in rows)]
    longest = max(map(len, lines))
    return [line.ljust(longest) for line in lines]
