"""Texts as runs of words, so that content is found again however it is laid out.

Spaces, line ends, quotes and punctuation do not count: what a formatter, a notebook or a web page
does to a text leaves its words as they are.
"""

import ast
import html
import io
import re
import tokenize
from collections.abc import Iterator
from typing import NamedTuple

# So many words in a row are no coincidence. Measured on the first six exercises: with seven,
# lessons and the grader's own code share an idiom with a suite here and there; with eight, none.
RUN = 8
# Of them, so many are different and no numbers: a row of zeros tells nothing.
TELLING = 4

_WORD = re.compile(r"\w+")
_ESCAPED_SPACE = re.compile(r"\\[nrt]")
_TAG = re.compile(r"<[^<>]*>")


class Word(NamedTuple):
    """A word and the line that it stands in; a tuple, since there are a million of them."""

    text: str
    line: int


Run = tuple[str, ...]


def words_of(text: str) -> list[Word]:
    """The words of a text, with their lines."""
    return [
        Word(match[0], number)
        for number, line in enumerate(text.splitlines(), 1)
        for match in _WORD.finditer(line)
    ]


def runs(words: list[Word]) -> Iterator[tuple[int, Run]]:
    """Every run of `RUN` words, and where it begins."""
    texts = [word.text for word in words]
    for start in range(len(texts) - RUN + 1):
        yield start, tuple(texts[start : start + RUN])


def tells(run: Run) -> bool:
    """Whether a run could not be found anywhere."""
    return len({text for text in run if not text.isdigit()}) >= TELLING


def views(text: str) -> Iterator[str]:
    """The ways to read a text in which content could be found; all keep its line numbers.

    As it is; without the marks of a JSON string; without the tags of a web page; and, of Python,
    the code and the prose each by itself.
    """
    yield text
    plain = html.unescape(_ESCAPED_SPACE.sub(" ", text))
    if plain != text:
        yield plain
    if "<span" in text:
        yield html.unescape(_TAG.sub("", text))
    try:
        yield from code_and_prose(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return  # no Python


def code_and_prose(source: str) -> tuple[str, str]:
    """The code of a Python text, and its comments and docstrings, each on their lines.

    Imports are in neither: they are no secret. Raises SyntaxError and ValueError.
    """
    tree = ast.parse(source)
    lines = source.encode().splitlines(keepends=True)
    prose = [*_comments(source), *(_span(node) for node in _docstrings(tree))]
    imports = [_span(n) for n in ast.walk(tree) if isinstance(n, ast.Import | ast.ImportFrom)]
    return _without(lines, [*prose, *imports]), _only(lines, prose)


def without_bodies(source: str) -> str:
    """A Python text in which functions do nothing: their signatures and docstrings stay.

    Raises SyntaxError and ValueError.
    """
    tree = ast.parse(source)
    kept = {id(node) for node in _docstrings(tree)}
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    bodies = [s for function in functions for s in function.body if id(s) not in kept]
    lines = source.encode().splitlines(keepends=True)
    return _without(lines, [_span(statement) for statement in bodies], leaving=b"0")


# From (line, column) to (line, column); lines from 1, columns in bytes from 0.
_Span = tuple[tuple[int, int], tuple[int, int]]


def _span(node: ast.stmt) -> _Span:
    assert node.end_lineno is not None
    assert node.end_col_offset is not None
    return (node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset)


def _docstrings(tree: ast.Module) -> Iterator[ast.stmt]:
    kinds = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    for node in ast.walk(tree):
        if isinstance(node, kinds) and ast.get_docstring(node, clean=False) is not None:
            yield node.body[0]


def _comments(source: str) -> Iterator[_Span]:
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type == tokenize.COMMENT:
                line = token.line.encode()
                column = len(token.line[: token.start[1]].encode())
                yield (token.start[0], column), (token.end[0], len(line))
    except tokenize.TokenError as error:
        raise SyntaxError(str(error)) from error


def _without(lines: list[bytes], spans: list[_Span], *, leaving: bytes = b" ") -> str:
    """The lines with these spans made empty, each but for the first byte, which is `leaving`."""
    kept = [bytearray(line) for line in lines]
    for (first, start), (last, end) in spans:
        for number in range(first, last + 1):
            line = kept[number - 1]
            left = start if number == first else 0
            right = end if number == last else len(line)
            line[left:right] = b" " * (min(right, len(line)) - left)
        kept[first - 1][start : start + 1] = leaving
    return "\n".join(line.decode("utf-8", "replace").rstrip("\r\n") for line in kept)


def _only(lines: list[bytes], spans: list[_Span]) -> str:
    """Only what is in these spans, on its lines."""
    kept = [bytearray(b" " * len(line)) for line in lines]
    for (first, start), (last, end) in spans:
        for number in range(first, last + 1):
            left = start if number == first else 0
            right = end if number == last else len(kept[number - 1])
            kept[number - 1][left:right] = lines[number - 1][left:right]
    return "\n".join(line.decode("utf-8", "replace").rstrip("\r\n") for line in kept)
