"""Functions in compiled Python files, told apart by what they do."""

import hashlib
import importlib.util
import inspect
import marshal
from collections.abc import Iterator
from types import CodeType

# A function of fewer bytes, such as one that only raises, could be anybody's.
SHORTEST = 40
_HEADER = 16


class Unreadable(Exception):
    """The file is compiled for another Python, or damaged."""


def functions_in(source: str) -> set[bytes]:
    """The fingerprints of a text's functions, at each level of optimization."""
    codes = (compile(source, "", "exec", dont_inherit=True, optimize=n) for n in (0, 1, 2))
    return {mark for code in codes for mark in _fingerprints(code)}


def functions_of(content: bytes) -> set[bytes]:
    """The fingerprints of the functions in a compiled file; nothing of it is executed.

    Raises `Unreadable`. Source: https://docs.python.org/3/library/marshal.html
    """
    if not content.startswith(importlib.util.MAGIC_NUMBER):
        raise Unreadable("it is compiled by another version of Python")
    try:
        code = marshal.loads(content[_HEADER:])
    except (EOFError, ValueError, TypeError) as error:
        raise Unreadable(f"it is damaged ({error})") from error
    return set(_fingerprints(code)) if isinstance(code, CodeType) else set()


def _fingerprints(code: CodeType) -> Iterator[bytes]:
    is_function = code.co_flags & inspect.CO_NEWLOCALS and code.co_flags & inspect.CO_OPTIMIZED
    if is_function and len(code.co_code) >= SHORTEST:
        names = repr((code.co_names, code.co_varnames))
        yield hashlib.sha256(code.co_code + names.encode()).digest()
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _fingerprints(constant)
