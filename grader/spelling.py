"""The spellings of an access by name: `F.conv2d`, `getattr(F, "conv2d")`, `vars(F)["conv2d"]` …

Names count where the text tells them. What is put together at run time cannot be read here.
"""

import ast
from functools import cache

# Calls that give a module, or what lies in it, by its full name.
_FINDERS = {"__import__", "import_module", "resolve_name", "locate"}
_FETCHERS = {"attrgetter", "methodcaller"}


def access(node: ast.AST) -> tuple[ast.expr | None, str | None]:
    """The object and the name in `object.name` and in all that does the same."""
    match node:
        case ast.Attribute(value=owner, attr=name):
            return owner, name
        case ast.Subscript(value=space, slice=key):
            return _owner(space), constant_text(key)
        case ast.Call(func=ast.Name(id="getattr"), args=[owner, key, *_]):
            return owner, constant_text(key)
        case ast.Call(func=ast.Attribute(value=owner, attr="__getattribute__"), args=[key]):
            return owner, constant_text(key)
        case ast.Call(func=ast.Attribute(value=space, attr="get"), args=[key, *_]):
            return _owner(space), constant_text(key)
        case ast.Call(func=ast.Call(func=fetcher, args=[key, *_]), args=[owner, *_]):
            if _last_name(fetcher) in _FETCHERS:
                return owner, constant_text(key)
    return None, None


def found(node: ast.AST) -> str | None:
    """The full dotted name in `sys.modules["numpy"]` and `import_module("numpy")`."""
    match node:
        case ast.Subscript(value=ast.Attribute(attr="modules"), slice=key):
            return constant_text(key)
        case ast.Call(func=finder, args=[key, *rest], keywords=keywords):
            name = constant_text(key) if _last_name(finder) in _FINDERS else None
            if name and _last_name(finder) == "__import__" and not (rest or keywords):
                return name.partition(".")[0]
            return name and name.replace(":", ".")
    return None


@cache
def rewritten(node: ast.AST) -> ast.expr | None:
    """The plain expression behind `globals()["f"]` and `eval("f(x)")`."""
    match node:
        case ast.Subscript(value=ast.Call(func=ast.Name(id="globals"), args=[]), slice=key):
            text = constant_text(key)
        case ast.Call(func=ast.Name(id="eval"), args=[key, *_]):
            text = constant_text(key)
        case _:
            return None
    try:
        expression = ast.parse((text or "").strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    for part in ast.walk(expression):
        if isinstance(part, ast.expr):
            part.lineno = node.lineno
    return expression


def constant_text(node: ast.expr) -> str | None:
    """The text of a literal, also when it is glued together from pieces."""
    match node:
        case ast.Constant(value=str(text)):
            # No name, and no report, holds half of a pair of surrogates.
            return text if text.encode("utf-8", "ignore").decode() == text else None
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _glued("", [left, right])
        case ast.JoinedStr(values=pieces):
            return _glued("", pieces)
        case ast.FormattedValue(value=value, conversion=-1, format_spec=None):
            return constant_text(value)
        case ast.Call(
            func=ast.Attribute(value=ast.Constant(value=str(between)), attr="join"),
            args=[ast.List(elts=pieces) | ast.Tuple(elts=pieces)],
        ):
            return _glued(between, pieces)
    return None


def _glued(between: str, pieces: list[ast.expr]) -> str | None:
    texts = [constant_text(piece) for piece in pieces]
    known = [text for text in texts if text is not None]
    return between.join(known) if len(known) == len(texts) else None


def _owner(space: ast.expr) -> ast.expr | None:
    """Whose names a dictionary holds: `vars(F)`, `F.__dict__`."""
    match space:
        case ast.Call(func=ast.Name(id="vars"), args=[owner]):
            return owner
        case ast.Attribute(value=owner, attr="__dict__"):
            return owner
    return None


def _last_name(node: ast.expr) -> str | None:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", None)
