"""The top-level statements of a piece of Python, and which of them some names need."""

import ast
import symtable
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, eq=False)
class Statement:
    """One statement: its text, the global names that it binds and uses, and those that it touches:
    names of things that it changes without binding them, as in `Net.forward = forward`."""

    text: str
    binds: frozenset[str]
    uses: frozenset[str]
    touches: frozenset[str]
    is_future: bool = False
    is_star_import: bool = False


def statements(source: str, tree: ast.Module) -> Iterator[Statement]:
    """The statements of `source`, parsed as `tree`. Lines end in newlines only.

    Raises SyntaxError for what only looks like Python, such as `nonlocal` at the top level.
    """
    lines = source.encode().split(b"\n")
    for node in tree.body:
        text = _text(lines, node)
        binds, uses = _names(symtable.symtable(text, "cell", "exec"))
        yield Statement(
            text=text,
            binds=frozenset() if isinstance(node, ast.Delete) else binds,
            uses=uses,
            touches=frozenset(_touched(node)),
            is_future=isinstance(node, ast.ImportFrom) and node.module == "__future__",
            is_star_import=isinstance(node, ast.ImportFrom) and node.names[0].name == "*",
        )


def needed(every: Sequence[Statement], names: Sequence[str]) -> set[Statement]:
    """The statements that bind `names` or change what they name, and all that these use.

    Imports of everything are always needed: nobody knows what they bind.
    """
    by_name: dict[str, list[Statement]] = {}
    for statement in every:
        for name in statement.binds | statement.touches:
            by_name.setdefault(name, []).append(statement)
    kept = {statement for statement in every if statement.is_star_import or statement.is_future}
    pending = list(names)
    while pending:
        for statement in by_name.get(pending.pop(), ()):
            if statement not in kept:
                kept.add(statement)
                pending += statement.uses
    return kept


def _text(lines: Sequence[bytes], node: ast.stmt) -> str:
    """The text of a statement; offsets within lines are counted in bytes."""
    decorators = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(decorator.lineno for decorator in decorators)])
    assert node.end_lineno is not None
    piece = list(lines[first - 1 : node.end_lineno])
    piece[-1] = piece[-1][: node.end_col_offset]
    piece[0] = piece[0][0 if decorators else node.col_offset :]
    return b"\n".join(piece).decode()


def _names(top: symtable.SymbolTable) -> tuple[frozenset[str], frozenset[str]]:
    """The global names that a statement binds, and those that it uses, in functions too."""
    symbols = top.get_symbols()
    binds = {s.get_name() for s in symbols if s.is_assigned() or s.is_imported()}
    uses = {s.get_name() for s in symbols if s.is_referenced()}
    pending = list(top.get_children())
    while pending:
        table = pending.pop()
        uses |= {s.get_name() for s in table.get_symbols() if s.is_global()}
        pending += table.get_children()
    return frozenset(binds), frozenset(uses)


def _touched(node: ast.stmt) -> Iterator[str]:
    """`Net` in `Net.forward = f`, in `Net.table["a"] = f`, and in `@add_to(Net)` over `def f`."""
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    for target in targets:
        root: ast.AST | None = target
        while isinstance(root, ast.Attribute | ast.Subscript):
            root = root.value
        if isinstance(root, ast.Name) and root is not target:
            yield root.id
    for decorator in getattr(node, "decorator_list", []):
        given = decorator.args if isinstance(decorator, ast.Call) else []
        yield from (argument.id for argument in given if isinstance(argument, ast.Name))
