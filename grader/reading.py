"""Reads a piece of code: which names it uses, and what they stand for."""

import ast
import builtins
from collections.abc import Collection

from grader.spelling import access, found, rewritten

# A method of something that is not imported is taken for a method of a tensor.
TENSOR_METHOD = "torch.Tensor."
MAX_NAME = 1_000
# What each name of a scope stands for: the full dotted name of an import, or nothing known.
Scope = dict[str, str | None]


class Reading(ast.NodeVisitor):
    """Reads one piece of code: the global names that it uses, and full dotted names with lines."""

    def __init__(self, aliases: Scope, stars: list[str], defined: Collection[str]) -> None:
        self.aliases = aliases
        self.stars = stars
        self._defined = defined
        self._own = {*dir(builtins), *defined}
        self.globals: set[str] = set()
        self.uses: set[tuple[str, int]] = set()
        # Imports that are handed on as a whole: in a tuple, a loop or an argument, say.
        self.handed_on: set[str] = set()
        self._named: set[ast.AST] = set()
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
        self._visit_assignment(node.targets, node.value)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        """`f: Callable = F.conv2d` as well; an annotation calls nothing."""
        if node.value is not None:
            self._visit_assignment([node.target], node.value)

    def _visit_assignment(self, targets: list[ast.expr], value: ast.expr) -> None:
        for target in targets:
            self.visit(target)
        dotted = self._dotted(value)
        match targets:
            case [ast.Name(id=name)] if dotted:
                self._named.add(value)
                self.visit(value)
                self._scope()[name] = dotted
            case [ast.Name(id=name)] if isinstance(value, ast.Name) and value.id == name:
                # `conv2d = conv2d`: what is bound again comes from a star, if there is one.
                self.uses |= {(f"{module}.{name}", value.lineno) for module in self.stars}
            case _:
                self.visit(value)

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
            if node not in self._named:
                self.handed_on.add(dotted)

    def visit_Attribute(self, node: ast.Attribute) -> None:
        """`F.conv2d`, and the method `x.softmax`."""
        self._visit_access(node)

    def visit_Call(self, node: ast.Call) -> None:
        """`getattr(F, "conv2d")`, `eval("F.conv2d")`; in `isinstance(x, nn.Linear)` none runs."""
        if self._is_call_of(node, "isinstance", "issubclass") and len(node.args) == 2:
            self.visit(node.args[0])
            self._visit_kinds(node.args[1])
        else:
            self._visit_access(node)

    def visit_Compare(self, node: ast.Compare) -> None:
        """`type(x) == nn.Linear` runs nothing either."""
        self.visit(node.left)
        look_at = self._visit_kinds if self._is_call_of(node.left, "type") else self.visit
        for other in node.comparators:
            look_at(other)

    def visit_Subscript(self, node: ast.Subscript) -> None:
        """`vars(F)["conv2d"]`, `globals()["F"]`."""
        self._visit_access(node)

    def _visit_access(self, node: ast.Attribute | ast.Call | ast.Subscript) -> None:
        base, name = access(node)
        if base is not None:
            self._named.add(base)
        if isinstance(node, ast.Call):
            self._named.add(node.func)
        self.generic_visit(node)
        plain = rewritten(node)
        if plain is not None:
            self.visit(plain)
        dotted = self._dotted(node)
        if dotted:
            self.uses.add((dotted, node.lineno))
            return
        if base is None or name is None or isinstance(node, ast.Subscript):
            return
        if not (isinstance(base, ast.Name) and base.id in ("self", "cls")):
            self.uses.add((f"{TENSOR_METHOD}{name}", node.lineno))

    def _is_call_of(self, node: ast.expr, *builtin: str) -> bool:
        """Whether a call goes to one of these functions of Python, and to nobody's own."""
        match node:
            case ast.Call(func=ast.Name(id=name)) if name in builtin:
                return not (name in self._defined or name in self.aliases or self._is_local(name))
        return False

    def _visit_kinds(self, node: ast.expr) -> None:
        """A type to compare with, or a tuple of them: what was imported is only looked at.

        The submission's own types may come with code that runs in a comparison.
        """
        for kind in node.elts if isinstance(node, ast.Tuple) else [node]:
            if not (isinstance(kind, ast.Name | ast.Attribute) and self._dotted(kind)):
                self.visit(kind)

    def _enter(self, arguments: ast.arguments, body: list[ast.stmt]) -> None:
        every = (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
        extra = (arguments.vararg, arguments.kwarg)
        names = [a.arg for a in (*every, *extra) if a is not None]
        outer = {name for s in body for n in ast.walk(s) if isinstance(n, ast.Global)
                 for name in n.names}  # fmt: skip
        bound = [name for name in (*names, *bound_names(body)) if name not in outer]
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
        # `a = a.b`, again and again, would grow without end.
        return f"{dotted}.{name}" if dotted and name and len(dotted) < MAX_NAME else None


def bound_names(body: list[ast.stmt]) -> list[str]:
    """The names that statements bind in their own scope, imports left out."""
    names = []
    pending: list[ast.AST] = list(reversed(body))
    while pending:
        node = pending.pop()
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.append(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.append(node.id)
        elif isinstance(node, ast.MatchAs | ast.MatchStar) and node.name is not None:
            names.append(node.name)
        elif not isinstance(node, ast.Lambda):
            pending += reversed([*ast.iter_child_nodes(node)])
    return names
