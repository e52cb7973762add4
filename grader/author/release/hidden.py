"""What students must not see, as an index of its content: solutions, suites, references, answers.

The index knows every run of words in a hidden file. Not in it is what a student is given anyway:
the signatures and docstrings of stubs, and sentences of comments and docstrings that a lesson or a
hint has as well. Code is another matter: a lesson that holds code of a solution gives it away.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from grader import course
from grader.author.release import compiled
from grader.author.release.files import below
from grader.author.release.words import (
    Run,
    code_and_prose,
    runs,
    tells,
    views,
    without_bodies,
    words_of,
)
from grader.errors import UsageError
from grader.model import Exercise


@dataclass(frozen=True)
class Origin:
    """A place in a hidden file; without a line where only the file is known."""

    path: str
    line: int | None = None

    def __str__(self) -> str:
        return self.path if self.line is None else f"{self.path}, line {self.line}"


@dataclass
class Index:
    """Where the content of hidden files is from. `paths` are where such files lie."""

    code: dict[Run, Origin] = field(default_factory=dict)
    prose: dict[Run, Origin] = field(default_factory=dict)
    functions: dict[bytes, Origin] = field(default_factory=dict)
    paths: set[str] = field(default_factory=set)
    # What was found in a text: most texts of an edition are in its wheel once more.
    _found: dict[str, list[tuple[int, Origin]]] = field(default_factory=dict)

    def find(self, text: str) -> list[tuple[int, Origin]]:
        """Each stretch of hidden words in a text: the line that it begins in, and its origin."""
        if text not in self._found:
            found: dict[int, Origin] = {}
            for view in views(text):
                for line, origin in self._stretches(view):
                    found.setdefault(line, origin)
            self._found[text] = sorted(found.items(), key=lambda item: item[0])
        return self._found[text]

    def _stretches(self, text: str) -> Iterator[tuple[int, Origin]]:
        words, last = words_of(text), -2
        for start, run in runs(words):
            origin = self.code.get(run) or self.prose.get(run)
            if origin is not None:
                if start != last + 1:
                    yield words[start].line, origin
                last = start

    def find_compiled(self, content: bytes) -> list[Origin]:
        """The hidden functions in a compiled file. Raises `compiled.Unreadable`."""
        known = compiled.functions_of(content)
        return sorted({self.functions[f] for f in known if f in self.functions}, key=str)


def index() -> Index:
    """Everything that is hidden in the course. Raises `UsageError` where nothing is there."""
    chosen = course.exercises()
    made = Index()
    for path in _hidden_files(chosen):
        _add(made, path)
    if not made.paths:
        raise UsageError(
            "This edition has no solutions and no tests, so there is nothing to compare with. "
            f"Name the folder that has them in {course.COURSE}."
        )
    for exercise in chosen:
        for path in below(exercise.folder):
            _excuse(made, path)
    return made


def _hidden_files(chosen: Iterable[Exercise]) -> Iterator[Path]:
    for exercise in chosen:
        for folder in (exercise.solution.parent, exercise.suite):
            yield from below(folder)


def _add(made: Index, path: Path) -> None:
    name, text = path.relative_to(course.root()).as_posix(), path.read_text("utf-8", "replace")
    made.paths.add(name)
    code, prose = code_and_prose(text) if path.suffix == ".py" else (text, "")
    for runs_of_kind, part in ((made.code, code), (made.prose, prose)):
        words = words_of(part)
        for start, run in runs(words):
            if tells(run):
                runs_of_kind.setdefault(run, Origin(name, words[start].line))
    if path.suffix == ".py":
        for function in compiled.functions_in(text):
            made.functions.setdefault(function, Origin(name))


def _excuse(made: Index, path: Path) -> None:
    """Take out what a file of the student's shares with hidden ones by design.

    Of a stub that is its text without what its functions do, in case they do something.
    """
    text = path.read_text("utf-8", "replace")
    shared = without_bodies(text) if path.suffix == ".py" else text
    for view in views(shared):
        for _, run in runs(words_of(view)):
            made.prose.pop(run, None)
            if path.suffix == ".py":
                made.code.pop(run, None)
