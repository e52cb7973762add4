"""What a submission's text tells without running it: where names are defined, what a task's code
reaches, and which forbidden names stand in it.

This is the first of the two nets for forbidden calls. It sees numpy and scipy and gives the line;
the other, in the worker, sees what is called in disguise.
"""

import ast
import builtins
import fnmatch
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from grader.model import Forbidden
from grader.spelling import access, found, rewritten

# A method of something that is not imported is taken for a method of a tensor.
TENSOR_METHOD = "torch.Tensor."
# What each name of a scope stands for: the full dotted name of an import, or nothing known.
Scope = dict[str, str | None]


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
            for name in dict.fromkeys((*_bound_names([statement]), *_filled_names(statement))):
                self._top.setdefault(name, []).append(statement)
        self._imported = self._read_imports()
        self._readings = self._read()

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
            if current not in reached and current in self._top:
                reached.add(current)
                for statement in self._top[current]:
                    pending += self._readings[id(statement)].globals
        return reached

    def forbidden_uses(self, task: str, forbidden: Forbidden) -> list[ForbiddenUse]:
        """The forbidden names in the code that a task reaches, in order of lines."""
        is_forbidden = any_of(forbidden.names)
        statements = {id(s) for name in self.reached_from(task) for s in self._top[name]}
        uses = {
            ForbiddenUse(name, line)
            for statement in statements
            for name, line in self._readings[statement].uses
            if is_forbidden.match(name)
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

    def _read(self) -> dict[int, "_Reading"]:
        """What each top-level statement uses."""
        module = _Reading({}, [], self._top)
        for statement in _binding_statements(self._statements):
            module.visit(statement)  # first for what names stand for, wherever they are used
        readings = {}
        for statement in self._statements:
            readings[id(statement)] = reading = _Reading(module.aliases, module.stars, self._top)
            reading.visit(statement)
        return readings


class _Reading(ast.NodeVisitor):
    """Reads one piece of code: the global names that it uses, and full dotted names with lines."""

    def __init__(self, aliases: Scope, stars: list[str], defined: Collection[str]) -> None:
        self.aliases = aliases
        self.stars = stars
        self._own = {*dir(builtins), *defined}
        self.globals: set[str] = set()
        self.uses: set[tuple[str, int]] = set()
        self._scopes: list[Scope] = []

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        """A function has names of its own; decorators and defaults belong outside."""
        for outside in (*node.decorator_list, *node.args.defaults, *node.args.kw_defaults):
            if outside is not None:
                self.visit(outside)
        self._enter(node.args, node.body)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_Lambda(self, node: ast.Lambda) -> None:
        """A lambda has its arguments."""
        for outside in (*node.args.defaults, *node.args.kw_defaults):
            if outside is not None:
                self.visit(outside)
        self._enter(node.args, [ast.Expr(node.body)])

    def visit_Import(self, node: ast.Import) -> None:
        """`import torch.nn.functional as F`; an import alone calls nothing."""
        for alias in node.names:
            whole = alias.name if alias.asname else alias.name.partition(".")[0]
            self._scope()[alias.asname or whole] = whole

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        """`from torch.nn.functional import conv2d as c`, or `*`."""
        if not node.module or node.level:
            return
        for alias in node.names:
            if alias.name == "*":
                self.stars.append(node.module)
            else:
                self._scope()[alias.asname or alias.name] = f"{node.module}.{alias.name}"

    def visit_Assign(self, node: ast.Assign) -> None:
        """`f = F.conv2d` makes `f` stand for what `F.conv2d` stands for."""
        self.generic_visit(node)
        dotted = self._dotted(node.value)
        target = node.targets[0]
        if dotted and len(node.targets) == 1 and isinstance(target, ast.Name):
            self._scope()[target.id] = dotted

    def visit_Name(self, node: ast.Name) -> None:
        """A name that no function around it owns is a global one."""
        if self._is_local(node.id):
            dotted = self._dotted(node)
        else:
            self.globals.add(node.id)
            dotted = self._dotted(node)
            if dotted is None and node.id not in self._own:
                self.uses |= {(f"{module}.{node.id}", node.lineno) for module in self.stars}
        if dotted and isinstance(node.ctx, ast.Load):
            self.uses.add((dotted, node.lineno))

    def visit_Attribute(self, node: ast.Attribute) -> None:
        """`F.conv2d`, and the method `x.softmax`."""
        self._visit_access(node)

    def visit_Call(self, node: ast.Call) -> None:
        """`getattr(F, "conv2d")`, `eval("F.conv2d")`."""
        self._visit_access(node)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        """`vars(F)["conv2d"]`, `globals()["F"]`."""
        self._visit_access(node)

    def _visit_access(self, node: ast.Attribute | ast.Call | ast.Subscript) -> None:
        self.generic_visit(node)
        plain = rewritten(node)
        if plain is not None:
            self.visit(plain)
        dotted = self._dotted(node)
        if dotted:
            self.uses.add((dotted, node.lineno))
            return
        base, name = access(node)
        if base is None or name is None or isinstance(node, ast.Subscript):
            return
        if not (isinstance(base, ast.Name) and base.id in ("self", "cls")):
            self.uses.add((f"{TENSOR_METHOD}{name}", node.lineno))

    def _enter(self, arguments: ast.arguments, body: list[ast.stmt]) -> None:
        every = (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
        extra = (arguments.vararg, arguments.kwarg)
        names = [a.arg for a in (*every, *extra) if a is not None]
        outer = {name for s in body for n in ast.walk(s) if isinstance(n, ast.Global)
                 for name in n.names}  # fmt: skip
        bound = [name for name in (*names, *_bound_names(body)) if name not in outer]
        self._scopes.append(dict.fromkeys(bound))
        for statement in body:
            self.visit(statement)
        self._scopes.pop()

    def _scope(self) -> Scope:
        return self._scopes[-1] if self._scopes else self.aliases

    def _is_local(self, name: str) -> bool:
        return any(name in scope for scope in self._scopes)

    def _dotted(self, node: ast.expr) -> str | None:
        """`F.conv2d` as `torch.nn.functional.conv2d`; None for what starts at no import."""
        if isinstance(node, ast.Name):
            owner = next((s for s in reversed(self._scopes) if node.id in s), self.aliases)
            return owner.get(node.id)
        plain, name = rewritten(node), found(node)
        if plain is not None or name is not None:
            return self._dotted(plain) if plain is not None else name
        base, name = access(node)
        dotted = self._dotted(base) if base is not None else None
        return f"{dotted}.{name}" if dotted and name else None


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
    if not (isinstance(statement, ast.If) and isinstance(statement.test, ast.Compare)):
        return None
    test = statement.test
    sides = (test.left, *test.comparators)
    if not any(isinstance(side, ast.Name) and side.id == "__name__" for side in sides):
        return None
    return isinstance(test.ops[0], ast.Eq)


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


def _bound_names(body: list[ast.stmt]) -> list[str]:
    """The names that statements bind in their own scope, imports left out."""
    names = []
    pending: list[ast.AST] = list(reversed(body))
    while pending:
        node = pending.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.append(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.append(node.id)
        elif not isinstance(node, ast.Lambda):
            pending += reversed([*ast.iter_child_nodes(node)])
    return names
