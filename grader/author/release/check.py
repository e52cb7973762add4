"""Proves that an edition holds nothing of what is hidden: in no file, package or commit of it."""

import ast
import os
import stat
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from grader import course
from grader.author.release import compiled, hidden
from grader.author.release.build import build
from grader.author.release.hidden import Index
from grader.author.release.layers import MAX_BYTES, MEGABYTE, Closed, Layer, layers
from grader.errors import UsageError


@dataclass(frozen=True)
class Leak:
    """A place in an edition, and what is hidden there, or keeps us from looking."""

    place: str
    line: int | None
    what: str

    def __str__(self) -> str:
        return f"{self.place}{'' if self.line is None else f':{self.line}'}: {self.what}"


def check(folder: Path) -> list[Leak]:
    """Every leak of an edition: its files, its git history, and the packages built from it.

    Raises `UsageError` when there is no such folder, nothing to compare with, or no package can
    be built from its `pyproject.toml`.
    """
    if not folder.is_dir():
        raise UsageError(f"There is no folder {folder} to look into.")
    known = hidden.index()
    return [
        *_in_tree(folder, known),
        *_in_stubs(folder),
        *_in_history(folder, known),
        *_in_packages(folder, known),
    ]


def _in_tree(folder: Path, known: Index) -> Iterator[Leak]:
    for path in _paths(folder):
        name, found = path.relative_to(folder).as_posix(), path.lstat()
        if stat.S_ISLNK(found.st_mode):
            yield Leak(name, None, f"is a link to {os.readlink(path)}; an edition has files only")
        elif not stat.S_ISREG(found.st_mode):
            yield Leak(name, None, "is no file, and cannot be looked into")
        elif found.st_size > MAX_BYTES:
            yield Leak(name, None, f"is larger than {MAX_BYTES // MEGABYTE} MB")
        else:
            yield from _in_file(name, path.read_bytes(), known)


def _paths(folder: Path) -> Iterator[Path]:
    """All that is not a folder, and no part of git's own."""
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if Path(place, name) != folder / ".git")
        links = [name for name in folders if Path(place, name).is_symlink()]
        yield from (Path(place, name) for name in sorted([*files, *links]))


def _in_file(name: str, content: bytes, known: Index) -> Iterator[Leak]:
    for layer in layers(name, content):
        place = ": ".join(layer.way)
        if isinstance(layer, Closed):
            yield Leak(place, None, f"cannot be looked into: {layer.why}")
        else:
            yield from _in_layer(place, layer, known)


def _in_layer(place: str, layer: Layer, known: Index) -> Iterator[Leak]:
    parts = PurePosixPath(layer.way[-1]).parts
    tails = ("/".join(parts[start:]) for start in range(len(parts)))
    if any(tail in known.paths for tail in tails):
        yield Leak(place, None, "has the name of a hidden file")
    if layer.way[-1].endswith((".pyc", ".pyo")):
        yield from _in_compiled(place, layer.content, known)
    for line, origin in known.find(_text(layer.content)):
        yield Leak(place, line, f"is also in {origin}")


def _in_compiled(place: str, content: bytes, known: Index) -> Iterator[Leak]:
    try:
        yield from (Leak(place, None, f"is also in {o}") for o in known.find_compiled(content))
    except compiled.Unreadable as error:
        yield Leak(place, None, f"cannot be looked into: {error}")


def _text(content: bytes) -> str:
    """Content as text; in two bytes a character, or four, the rest of them is left out."""
    return content.replace(b"\0", b"").decode("utf-8", "replace")


def _in_stubs(folder: Path) -> Iterator[Leak]:
    """Functions of stubs that do something: an answer that nobody wrote down as a solution."""
    for exercise in course.exercises():
        stub = folder / exercise.stub.relative_to(exercise.root)
        if not stub.is_file() or stub.is_symlink():
            continue
        name = stub.relative_to(folder).as_posix()
        try:
            tree = ast.parse(stub.read_bytes())
        except (SyntaxError, ValueError) as error:
            yield Leak(name, None, f"is no Python: {error}")
            continue
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        for function in functions:
            if not _only_raises(function):
                yield Leak(name, function.lineno, f"{function.name} is written already")


def _only_raises(function: ast.FunctionDef) -> bool:
    documented = ast.get_docstring(function, clean=False) is not None
    body = [ast.unparse(statement) for statement in function.body[int(documented) :]]
    return body == ["raise NotImplementedError"]


def _in_history(folder: Path, known: Index) -> Iterator[Leak]:
    """What a clone of the edition would bring along: every file of every commit."""
    if not (folder / ".git").exists():
        return
    try:
        listed = _git(folder, "rev-list", "--objects", "--all").splitlines()
        names = {number: name for number, _, name in (line.partition(b" ") for line in listed)}
        batch = _git(folder, "cat-file", "--batch", given=b"\n".join(names))
    except (OSError, subprocess.CalledProcessError) as error:
        yield Leak(".git", None, f"cannot be looked into: {error}")
        return
    while batch:
        header, _, batch = batch.partition(b"\n")
        number, kind, size = header.split()
        content, batch = batch[: int(size)], batch[int(size) + 1 :]
        if kind == b"blob":
            name = names[number].decode("utf-8", "replace")
            yield from _in_file(f"git history, {name} ({number[:10].decode()})", content, known)


def _git(folder: Path, *arguments: str, given: bytes = b"") -> bytes:
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, input=given, check=True, capture_output=True).stdout


def _in_packages(folder: Path, known: Index) -> Iterable[Leak]:
    """The wheel and the source distribution that a student could be given instead."""
    if not (folder / "pyproject.toml").is_file():
        return []
    with tempfile.TemporaryDirectory(prefix="handrolled-") as place:
        packages = build(folder, Path(place), "wheel", "sdist")
        contents = [(path.name, path.read_bytes()) for path in packages]
    return [leak for name, content in contents for leak in _in_file(name, content, known)]
