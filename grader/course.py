"""The course: where the exercises are, what they say of themselves, and which one is meant.

An exercise is a folder of the same name in `exercises/`, `solutions/` and `tests/`. They lie at
the root of the repository, or inside the installed package; `HANDROLLED_COURSE` names another
folder that holds them. A student's edition has `exercises/` alone.
"""

import contextlib
import difflib
import hashlib
import os
import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Annotated

import msgspec

from grader.errors import CourseError, UsageError
from grader.model import FULL_SCORE, Exercise, Forbidden, Limits, Task

# The variable that names the course, where it is not the one that came with the grader.
COURSE = "HANDROLLED_COURSE"

_STEM = re.compile(r"exercise(\d+)_(\w+)")

_Text = Annotated[str, msgspec.Meta(min_length=1)]
_Points = Annotated[int, msgspec.Meta(ge=1, le=FULL_SCORE)]


class _Strict(msgspec.Struct, forbid_unknown_fields=True):
    """A table of `exercise.toml`: a key that nobody reads is a mistake."""


class _ForbiddenTable(_Strict):
    names: list[_Text] = []
    operators: list[_Text] = []


class _TaskTable(_Strict):
    name: _Text
    points: _Points
    hints: Annotated[list[_Text], msgspec.Meta(min_length=3)]
    forbidden: _ForbiddenTable = msgspec.field(default_factory=_ForbiddenTable)


class _LimitsTable(_Strict):
    seconds: Annotated[float, msgspec.Meta(gt=0, le=3600)] = Limits.seconds
    memory_mb: Annotated[int, msgspec.Meta(ge=64)] = Limits.memory_mb


class _ExerciseTable(_Strict):
    title: _Text
    summary: _Text
    tasks: Annotated[list[_TaskTable], msgspec.Meta(min_length=1)]
    forbidden: _ForbiddenTable = msgspec.field(default_factory=_ForbiddenTable)
    limits: _LimitsTable = msgspec.field(default_factory=_LimitsTable)


@cache
def root() -> Path:
    """The folder that holds `exercises/`, and `solutions/` and `tests/` where they are known.

    Raises `UsageError` when `HANDROLLED_COURSE` names a folder without exercises.
    """
    named = os.environ.get(COURSE)
    if not named:
        return shipped()
    if not (Path(named) / "exercises").is_dir():
        raise UsageError(
            f"{COURSE} is {named!r}, and there is no exercises/ folder in it. Name the folder "
            f"that holds exercises/ and tests/, or unset it."
        )
    return Path(named).resolve()


def shipped() -> Path:
    """The folder of the course that came with the grader."""
    package = Path(__file__).resolve().parent
    for folder in (package / "_course", package.parent):
        if (folder / "exercises").is_dir():
            return folder
    raise CourseError(f"There is no course beside {package}. Install the grader again.")


def folders() -> dict[str, Path]:
    """The folders of the course's exercises by stem, in order."""
    entries = sorted((root() / "exercises").iterdir())
    return {entry.name: entry for entry in entries if _STEM.fullmatch(entry.name)}


def exercises() -> tuple[Exercise, ...]:
    """Every exercise of the course, in order."""
    return tuple(load(folder) for folder in folders().values())


def load(folder: Path) -> Exercise:
    """The exercise in a folder. Raises `CourseError` with the path to the bad key."""
    match = _STEM.fullmatch(folder.name)
    if match is None:
        raise CourseError(f"{folder} is not named exerciseNN_slug.")
    table = _read(folder / "exercise.toml")
    names = [task.name for task in table.tasks]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise CourseError(f"{folder / 'exercise.toml'}: tasks: {twice} is there twice.")
    return Exercise(
        stem=folder.name,
        number=int(match[1]),
        slug=match[2],
        title=table.title,
        summary=table.summary,
        tasks=tuple(_task(task, table.forbidden) for task in table.tasks),
        limits=Limits(table.limits.seconds, table.limits.memory_mb),
        root=folder.parent.parent,
    )


def find(wanted: Iterable[str]) -> tuple[Exercise, ...]:
    """The exercises meant by words such as `exercise3`, `3`, `max_unpool`, `all`; each once.

    Raises `UsageError` for a word that means none, with the names that come near it.
    """
    course = folders()
    stems = [stem for word in wanted for stem in (course if word == "all" else [_stem(word)])]
    return tuple(load(course[stem]) for stem in dict.fromkeys(stems))


def find_one(word: str) -> Exercise:
    """The one exercise that a word means. Raises `UsageError` when it means several."""
    found = find([word])
    if len(found) != 1:
        raise UsageError(f"{word!r} means {len(found)} exercises; name one of them.")
    return found[0]


def text_of(path: Path) -> str:
    """A lesson or a solution. Raises `UsageError` where the edition has none."""
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise UsageError(f"{path.name} is not part of this edition.") from error


def digest(exercise: Exercise) -> str:
    """A digest of all that grades an exercise: its suite, reference, wrong answers and points."""
    files = sorted(path for path in exercise.suite.rglob("*") if path.suffix in (".py", ".toml"))
    digest = hashlib.sha256()
    for path in (*files, exercise.folder / "exercise.toml"):
        digest.update(f"{path.relative_to(exercise.root)}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def check_suites(chosen: Iterable[Exercise]) -> None:
    """Raises `UsageError` for an exercise whose hidden suite this edition does not have."""
    for exercise in chosen:
        if not (exercise.suite / f"test_{exercise.slug}.py").is_file():
            raise UsageError(
                f"The tests of {exercise.id} are hidden and not part of this edition, so it is "
                f"not graded here. Hand in {exercise.file_name}: it is graded where your teacher "
                f"keeps them. (Who has them names the folder that holds tests/ in {COURSE}.)"
            )


def check_tasks(chosen: Sequence[Exercise], wanted: Iterable[str]) -> None:
    """Raises `UsageError` for the name of a task that none of the exercises has."""
    names = [task.name for exercise in chosen for task in exercise.tasks]
    for name in wanted:
        if name not in names:
            close = _close(name, names, n=1)
            guess = f"Did you mean {close[0]}?" if close else f"There are: {', '.join(names)}."
            raise UsageError(f"There is no task called {name!r}. {guess}")


def _stem(word: str) -> str:
    plain = word.strip().rstrip("/").removesuffix(".py").replace("-", "_").lower()
    number = re.fullmatch(r"(?:exercise)?_?0*(\d+)", plain)
    for stem in folders():
        match = _STEM.fullmatch(stem)
        assert match is not None
        if plain in (stem, match[2]) or (number and int(number[1]) == int(match[1])):
            return stem
    raise UsageError(f"There is no exercise called {word!r}. {_suggestion(plain)}")


def _close(word: str, names: Sequence[str], *, n: int) -> list[str]:
    """The names that somebody may have meant who wrote a word, whatever its capitals."""
    by_small = {name.lower(): name for name in names}
    return [by_small[small] for small in difflib.get_close_matches(word.lower(), by_small, n=n)]


def _suggestion(word: str) -> str:
    if not folders():
        return "This course has no exercises."
    for stem in folders():
        with contextlib.suppress(CourseError):  # a broken exercise is not what was asked about
            exercise = load(root() / "exercises" / stem)
            for task in exercise.tasks:
                if task.name.lower() == word:
                    return f"It is a task: `grade {exercise.id} --task {task.name}`."
    matches = [match for stem in folders() if (match := _STEM.fullmatch(stem))]
    ids = [f"exercise{int(match[1])}" for match in matches]
    if word == "exercise":
        return f"Write the number right behind the word: {ids[0]}."
    close = _close(word, [*ids, *(match[2] for match in matches)], n=3)
    # Any number is close to any other.
    if close and not re.fullmatch(r"exercise\d+", word):
        return f"Did you mean {' or '.join(close)}?"
    return f"There are {ids[0]} to {ids[-1]}; `grade` lists them."


def _read(path: Path) -> _ExerciseTable:
    try:
        return msgspec.convert(tomllib.loads(path.read_text("utf-8")), _ExerciseTable)
    except OSError as error:
        raise CourseError(f"{path} cannot be read: {error.strerror}.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CourseError(f"{path} is not valid TOML: {error}.") from error
    except msgspec.ValidationError as error:
        raise CourseError(f"{path}: {_located(str(error))}.") from error


def _located(message: str) -> str:
    """`Expected int, got str - at $.tasks[2]` as `tasks[2]: expected int, got str`."""
    text, _, place = message.partition(" - at `$")
    where = place.rstrip("`").lstrip(".")
    return f"{where}: {text[0].lower()}{text[1:]}" if where else f"{text[0].lower()}{text[1:]}"


def _task(table: _TaskTable, everywhere: _ForbiddenTable) -> Task:
    forbidden = Forbidden(
        names=(*everywhere.names, *table.forbidden.names),
        operators=(*everywhere.operators, *table.forbidden.operators),
    )
    return Task(table.name, table.points, tuple(table.hints), forbidden)
