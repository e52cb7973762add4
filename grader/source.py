"""What a submission's text tells without running it: where names are defined, what a task's code
reaches, and which forbidden names stand in it.

This is the first of the two nets for forbidden calls. It sees numpy and scipy and gives the line;
the other, in the worker, sees what is called in disguise.
"""

import ast
import fnmatch
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from grader.model import Forbidden
from grader.reading import TENSOR_METHOD, Reading, bound_names


@dataclass(frozen=True)
class ForbiddenUse:
    """A forbidden name, as it stands in the file."""

    name: str
    line: int


@cache
def any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """What matches a name that one of some patterns stands for."""
    return re.compile("|".join(map(fnmatch.translate, patterns)) or r"(?!)")


class Source:
    """The syntax tree of a submission.

    Raises SyntaxError as `ast.parse` does, and RecursionError for an expression that is too deep.
    """

    def __init__(self, text: str) -> None:
        self._statements = [*_importable(ast.parse(text).body)]
        self._top: dict[str, list[ast.stmt]] = {}
        for statement in self._statements:
            for name in dict.fromkeys((*bound_names([statement]), *_filled_names(statement))):
                self._top.setdefault(name, []).append(statement)
        self._imported = self._read_imports()
        self._readings = self._read()

    def line_of(self, name: str) -> int | None:
        """The line on which a name is defined at the top level; the last definition counts."""
        statements = self._top.get(name)
        return statements[-1].lineno if statements else None

    def loop_around(self, line: int) -> int | None:
        """Where the loop begins that a line is in: that which may be endless, if there are several.

        That is the innermost `while`; else the outermost `for`.
        """
        around = [
            node
            for statement in self._statements
            for node in ast.walk(statement)
            if isinstance(node, ast.While | ast.For)
            and node.lineno <= line <= (node.end_lineno or node.lineno)
        ]
        whiles = [node.lineno for node in around if isinstance(node, ast.While)]
        return max(whiles) if whiles else min((node.lineno for node in around), default=None)

    def defined_names(self) -> list[str]:
        """The names that the text binds at its top level, imports left out."""
        return list(self._top)

    def reached_from(self, name: str) -> set[str]:
        """The top-level names that the code of `name` uses, directly or not; `name` included."""
        reached: set[str] = set()
        pending = [name]
        while pending:
            current = pending.pop()
            if current not in reached and current in self._top:
                reached.add(current)
                for statement in self._top[current]:
                    pending += self._readings[id(statement)].globals
        return reached

    def forbidden_uses(self, task: str, forbidden: Forbidden) -> list[ForbiddenUse]:
        """The forbidden names in the code that a task reaches, in order of lines."""
        is_forbidden = any_of(forbidden.names)
        statements = {id(s) for name in self.reached_from(task) for s in self._top[name]}
        readings = [self._readings[statement] for statement in statements]
        libraries = {name for reading in readings for name in reading.handed_on}
        uses = {
            ForbiddenUse(meant, line)
            for reading in readings
            for name, line in reading.uses
            for meant in _meanings(name, libraries)
            if is_forbidden.match(meant)
        }
        imported = self._imported.get(task)
        if imported is not None and is_forbidden.match(imported.name):
            uses.add(imported)  # the task itself is somebody else's function
        return sorted(uses, key=lambda use: (use.line, use.name))

    def _read_imports(self) -> dict[str, ForbiddenUse]:
        """The names that are bound by an import of something by name."""
        return {
            alias.asname or alias.name: ForbiddenUse(f"{node.module}.{alias.name}", node.lineno)
            for node in _binding_statements(self._statements)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }

    def _read(self) -> dict[int, Reading]:
        """What each top-level statement uses."""
        module = Reading({}, [], self._top)
        for statement in _binding_statements(self._statements):
            module.visit(statement)  # first for what names stand for, wherever they are used
        readings = {}
        for statement in self._statements:
            readings[id(statement)] = reading = Reading(module.aliases, module.stars, self._top)
            reading.visit(statement)
        return readings


def _meanings(name: str, libraries: Collection[str]) -> Iterator[str]:
    """A name; that of something unknown may be one of a library that was handed on."""
    yield name
    if name.startswith(TENSOR_METHOD):
        for library in libraries:
            yield f"{library}.{name.removeprefix(TENSOR_METHOD)}"


def _importable(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The top-level statements that run on import: not those for `python file.py`."""
    for statement in body:
        guard = _main_guard(statement)
        if guard is None:
            yield statement
        elif isinstance(statement, ast.If):
            yield from statement.orelse if guard else statement.body


def _main_guard(statement: ast.stmt) -> bool | None:
    """True for `if __name__ == "__main__":`, False for the opposite, None for anything else."""
    if not isinstance(statement, ast.If):
        return None
    match statement.test:
        case (
            ast.Compare(
                left=ast.Name(id="__name__"),
                ops=[ast.Eq() | ast.NotEq() as operator],
                comparators=[ast.Constant(value="__main__")],
            )
            | ast.Compare(
                left=ast.Constant(value="__main__"),
                ops=[ast.Eq() | ast.NotEq() as operator],
                comparators=[ast.Name(id="__name__")],
            )
        ):
            return isinstance(operator, ast.Eq)
    return None


def _filled_names(statement: ast.stmt) -> Iterator[str]:
    """The names that a statement puts something into: `f.forward = …`, `table["c"] = …`,
    `table.append(…)`, or `global f` in a function."""
    for node in ast.walk(statement):
        if isinstance(node, ast.Global):
            yield from node.names
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    called = statement.value if isinstance(statement, ast.Expr) else None
    for place in (*targets, called.func if isinstance(called, ast.Call) else None):
        root: ast.AST | None = place
        while isinstance(root, ast.Attribute | ast.Subscript):
            root = root.value
        if isinstance(root, ast.Name) and root is not place:
            yield root.id


def _binding_statements(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """Imports and assignments of the module's own scope."""
    for statement in body:
        if isinstance(statement, ast.Import | ast.ImportFrom | ast.Assign):
            yield statement
        elif not isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            inner = [n for n in ast.iter_child_nodes(statement) if isinstance(n, ast.stmt)]
            inner += [s for h in getattr(statement, "handlers", ()) for s in h.body]
            yield from _binding_statements(inner)
