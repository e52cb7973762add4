"""The definitions in a notebook that an exercise asks for, without running anything.

A notebook is also a diary: plots, trials, downloads. Only the top-level statements that bind the
tasks' names are taken, and those that they need, directly or not. So a cell that trains for an
hour, or imports what the grader does not have, does no harm.
"""

import ast
import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.batch.names import shown
from grader.batch.statements import Statement, needed, statements
from grader.batch.tree import Unusable, read_bytes
from grader.submission import MAX_BYTES as MAX_CODE_BYTES

MAX_BYTES = 20 << 20

# Magics of a whole cell below which there still is Python for the notebook's own names.
_PYTHON_BELOW = re.compile(r"%%(time|capture|grade|(writefile|file)\s.*\.py)\b")
# `%matplotlib inline`, `!pip install`, `?f`, `f??`, `files = !ls`, `x = %time f()`
_MAGIC = re.compile(r"^(\s*)(?:[%!?].*|[\w.]+\?{1,2}\s*|[\w., ]+=\s*[!%].*)$")


@dataclass(frozen=True)
class Code:
    """Python text out of a notebook, and what has to be told of it."""

    text: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Cell:
    """One cell with Python in it. `number` counts all cells from 1."""

    number: int
    source: str
    statements: tuple[Statement, ...] = ()
    error: str = ""


def code_of(path: Path, names: Sequence[str]) -> Code:
    """The code of the notebook at `path` that defines `names`, and what they need.

    A cell with a syntax error is left out, unless a name that is missing elsewhere is in it: then
    the grader will show the error. Raises `Unusable` when none of the names is defined.
    """
    cells = [_cell(number, source) for number, source in _code_cells(path)]
    every = [(cell.number, statement) for cell in cells for statement in cell.statements]
    kept = needed([statement for _, statement in every], names)
    bound = {name for statement in kept for name in statement.binds}
    missing = [name for name in names if name not in bound]
    broken = [cell for cell in cells if cell.error]
    told = [cell for cell in broken if any(_seems_to_define(cell.source, n) for n in missing)]
    if len(missing) == len(names) and not told:
        raise Unusable(f"defines none of {', '.join(names)}")
    pieces = [(cell.number, cell.source) for cell in told]
    pieces += [(number, s.text) for number, s in every if s in kept and not s.is_future]
    future = [s.text for _, s in every if s in kept and s.is_future]
    notes = [f"cell {c.number} is left out: {c.error}" for c in broken if c not in told]
    return Code("\n".join([*future, *_with_headings(pieces)]), tuple(notes))


def _with_headings(pieces: Sequence[tuple[int, str]]) -> Iterator[str]:
    last = None
    for number, text in sorted(pieces, key=lambda piece: piece[0]):
        if number != last:
            yield f"\n# cell {number}"
        yield f"{text}\n"
        last = number


def _code_cells(path: Path) -> list[tuple[int, str]]:
    """The text of each code cell with its number. Raises `Unusable` for what is no notebook."""
    import nbformat

    data = read_bytes(path, MAX_BYTES)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # cells without an id and the like
            text = data.decode("utf-8-sig")
            notebook = nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
        cells = [
            (number, _text(cell["source"]))
            for number, cell in enumerate(notebook.cells, 1)
            if cell["cell_type"] == "code"
        ]
    except Exception as error:  # given another shape, nbformat stumbles in a dozen ways
        raise Unusable("is no notebook that can be read; open and save it again") from error
    if sum(len(source) for _, source in cells) > MAX_CODE_BYTES:
        raise Unusable(f"holds more than {MAX_CODE_BYTES >> 10} KiB of code")
    return cells


def _text(source: str) -> str:
    # JSON may hold half a character, which no file can.
    whole = source.encode("utf-8", "replace").decode()
    return whole.replace("\r\n", "\n").replace("\r", "\n")


def _cell(number: int, source: str) -> _Cell:
    source = _python_of(source)
    for text in (source, _without_magics(source)):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of the student's code: nobody asked
                return _Cell(number, text, tuple(statements(text, ast.parse(text))))
        except SyntaxError as error:
            why = shown(f"{error.msg} (line {error.lineno})")
        except (ValueError, RecursionError, MemoryError):  # NUL bytes, brackets without end
            why = "this is no Python"
    return _Cell(number, text, error=why)


def _python_of(source: str) -> str:
    """What is left of a cell when a magic like `%%time` or `%%bash` stands above it."""
    if not source.lstrip().startswith("%%"):
        return source
    first, _, rest = source.lstrip().partition("\n")
    return rest if _PYTHON_BELOW.match(first) else ""


def _without_magics(source: str) -> str:
    """Lines that only IPython understands do nothing, and the others keep their places."""
    return "\n".join(_MAGIC.sub(r"\1pass", line) for line in source.split("\n"))


def _seems_to_define(source: str, name: str) -> bool:
    return re.search(rf"\b(def|class)\s+{re.escape(name)}\b", source) is not None
