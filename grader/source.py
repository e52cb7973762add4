"""What a submission's text tells without running it: where names are defined, what a task's code
reaches, and which forbidden names stand in it.

This is the first of the two nets for forbidden calls. It sees numpy and scipy and gives the line;
the other, in the worker, sees what is called in disguise.
"""

import ast
import fnmatch
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from grader.model import Forbidden

# A method of something that is not imported is taken for a method of a tensor.
TENSOR_METHOD = "torch.Tensor."


@dataclass(frozen=True)
class ForbiddenUse:
    """A forbidden name, as it stands in the file."""

    name: str
    line: int


class Source:
    """The syntax tree of a submission. Raises SyntaxError as `ast.parse` does."""

    def __init__(self, text: str) -> None:
        self._tree = ast.parse(text)
        # Each top-level statement with every node in it: walking a tree is what takes the time.
        self._nodes = [(statement, [*ast.walk(statement)]) for statement in self._tree.body]
        self._top: dict[str, list[ast.stmt]] = {}
        for statement, nodes in self._nodes:
            if not _is_main_guard(statement):
                for name in _bound_names(statement, nodes):
                    self._top.setdefault(name, []).append(statement)
        self._aliases, self._stars = _imported(n for _, nodes in self._nodes for n in nodes)
        self._follow_assignments()

    def line_of(self, name: str) -> int | None:
        """The line on which a name is defined at the top level; the last definition counts."""
        statements = self._top.get(name)
        return statements[-1].lineno if statements else None

    def defined_names(self) -> list[str]:
        """The names that the text binds at its top level, imports left out."""
        return list(self._top)

    def reached_from(self, name: str) -> set[str]:
        """The top-level names that the code of `name` uses, directly or not; `name` included."""
        reached: set[str] = set()
        pending = [name]
        while pending:
            current = pending.pop()
            if current in reached or current not in self._top:
                continue
            reached.add(current)
            pending += self._names_in[current]
        return reached

    def forbidden_uses(self, task: str, forbidden: Forbidden) -> list[ForbiddenUse]:
        """The forbidden names in the code that a task reaches, in order of lines."""
        is_forbidden = re.compile("|".join(map(fnmatch.translate, forbidden.names)) or r"(?!)")
        statements = {id(s) for name in self.reached_from(task) for s in self._top[name]}
        uses = {
            ForbiddenUse(name, line)
            for statement, name, line in self._uses
            if statement in statements and is_forbidden.match(name)
        }
        return sorted(uses, key=lambda use: (use.line, use.name))

    @cached_property
    def _uses(self) -> list[tuple[int, str, int]]:
        """Every full dotted name: the top-level statement it stands in, the name, the line."""
        return [
            (id(statement), name, getattr(node, "lineno", 0))
            for statement, nodes in self._nodes
            if not _is_import(statement)
            for node in nodes
            for name in self._names_of(node)
        ]

    @cached_property
    def _names_in(self) -> dict[str, set[str]]:
        """The names that the code of each top-level name uses."""
        names = {
            id(statement): {node.id for node in nodes if isinstance(node, ast.Name)}
            for statement, nodes in self._nodes
        }
        return {
            name: set().union(*(names[id(statement)] for statement in statements))
            for name, statements in self._top.items()
        }

    def _names_of(self, node: ast.AST) -> Iterator[str]:
        """The full dotted names that an expression may stand for."""
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            if node.id in self._aliases:
                yield self._aliases[node.id]
            elif node.id not in self._top:
                yield from (f"{module}.{node.id}" for module in self._stars)
        elif isinstance(node, ast.Attribute | ast.Call):
            base, name = _access(node)
            if base is not None and name is not None:
                dotted = self._dotted(base)
                if dotted:
                    yield f"{dotted}.{name}"
                elif not (isinstance(base, ast.Name) and base.id in ("self", "cls")):
                    yield f"{TENSOR_METHOD}{name}"

    def _dotted(self, node: ast.expr) -> str | None:
        """`F.conv2d` as `torch.nn.functional.conv2d`; None for what starts at no import."""
        if isinstance(node, ast.Name):
            return self._aliases.get(node.id)
        base, name = _access(node)
        if base is None or name is None:
            return None
        dotted = self._dotted(base)
        return f"{dotted}.{name}" if dotted else None

    def _follow_assignments(self) -> None:
        """`f = F.conv2d` makes `f` stand for what `F.conv2d` stands for."""
        for node in (node for _, nodes in self._nodes for node in nodes):
            if isinstance(node, ast.Assign) and len(node.targets) == 1:
                target, dotted = node.targets[0], self._dotted(node.value)
                if isinstance(target, ast.Name) and dotted:
                    self._aliases.setdefault(target.id, dotted)


def _access(node: ast.AST) -> tuple[ast.expr | None, str | None]:
    """The object and the name in `object.name` and in `getattr(object, "name")`."""
    if isinstance(node, ast.Attribute):
        return node.value, node.attr
    if isinstance(node, ast.Call) and len(node.args) >= 2:
        function = node.func
        if isinstance(function, ast.Name) and function.id == "getattr":
            return node.args[0], _constant_text(node.args[1])
    return None, None


def _constant_text(node: ast.expr) -> str | None:
    """The text of a literal, also when it is glued together from pieces."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = _constant_text(node.left), _constant_text(node.right)
        return left + right if left is not None and right is not None else None
    return None


def _imported(nodes: Iterable[ast.AST]) -> tuple[dict[str, str], list[str]]:
    """What each imported name stands for, and the modules of which everything is imported."""
    aliases: dict[str, str] = {}
    stars: list[str] = []
    for node in nodes:
        if isinstance(node, ast.Import):
            for alias in node.names:
                whole = alias.name if alias.asname else alias.name.partition(".")[0]
                aliases[alias.asname or whole] = whole
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                if alias.name == "*":
                    stars.append(node.module)
                else:
                    aliases[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return aliases, stars


def _is_import(statement: ast.stmt) -> bool:
    """An import alone calls nothing."""
    return isinstance(statement, ast.Import | ast.ImportFrom)


def _is_main_guard(statement: ast.stmt) -> bool:
    """`if __name__ == "__main__":` does not run when a submission is graded."""
    return (
        isinstance(statement, ast.If)
        and isinstance(statement.test, ast.Compare)
        and isinstance(statement.test.left, ast.Name)
        and statement.test.left.id == "__name__"
    )


def _bound_names(statement: ast.stmt, nodes: Iterable[ast.AST]) -> list[str]:
    """The names that a top-level statement binds."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return [statement.name]
    if _is_import(statement):
        return []
    return [
        node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    ]
