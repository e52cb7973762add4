"""What editions are made of: files of the package and the course, and templates that are filled."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

import grader
from grader import course
from grader.model import Exercise

PACKAGE = Path(grader.__file__).resolve().parent
TEMPLATES = Path(__file__).resolve().parent / "templates"
# What editors, Python and merges leave beside a file.
LEFT_OVER = (".pyc", ".bak", ".orig", ".rej", ".swp", "~")
# What belongs to an edition and to no exercise; it lies beside the course.
BESIDE_THE_COURSE = ("LICENSE", "constraints.txt")


@dataclass(frozen=True)
class File:
    """The content of one file of an edition."""

    content: bytes
    executable: bool = False


# By path, with slashes, relative to where the edition is put.
Files = dict[str, File]


@dataclass(frozen=True)
class Settings:
    """What an edition grades, and how: the words of `grade` of the same names.

    `torch_index` is the address of a further package index that has the torch wanted; empty for
    whatever pip is configured with.
    """

    exercises: tuple[Exercise, ...]
    feedback: str = "hints"
    isolation: str = "strict"
    torch_index: str = ""


@dataclass(frozen=True)
class About:
    """What the grader says of itself: a sentence, the Python and the packages that it needs."""

    summary: str
    python: str
    required: tuple[str, ...]


def package() -> Files:
    """The grader itself, without a course."""
    return {
        f"{PACKAGE.name}/{path.relative_to(PACKAGE).as_posix()}": File(path.read_bytes())
        for path in below(PACKAGE)
        if "_course" not in path.relative_to(PACKAGE).parts
    }


def stubs(chosen: Iterable[Exercise]) -> Files:
    """What a student receives of each exercise."""
    return _of_course(path for exercise in chosen for path in below(exercise.folder))


def suites(chosen: Iterable[Exercise]) -> Files:
    """What grading needs to know of each exercise: no solution, and no other right answer."""
    return _of_course(
        path
        for exercise in chosen
        for path in below(exercise.suite)
        if path.relative_to(exercise.suite).parts[0] != "right"
    )


def beside_the_course() -> Files:
    """Licence and pinned versions, as far as they are there."""
    paths = (course.shipped() / name for name in BESIDE_THE_COURSE)
    return {path.name: File(path.read_bytes()) for path in paths if path.is_file()}


def project(parts: Iterable[str]) -> Files:
    """The `pyproject.toml` of an edition; `parts` are what its wheel holds beside the package."""
    own = about()
    carried = [*parts, *beside_the_course()]
    words = {
        "VERSION": grader.__version__,
        "SUMMARY": own.summary,
        "PYTHON": own.python,
        "DEPENDENCIES": "\n".join(f"  {_quoted(requirement)}," for requirement in own.required),
        "CARRIED": "\n".join(f'"{part}" = "grader/_course/{part}"' for part in carried),
    }
    return filled("project.toml", "pyproject.toml", words)


def about() -> About:
    """Read from the project in a clone, where what is installed may be older; else as installed."""
    own = PACKAGE.parent / "pyproject.toml"
    if own.is_file():
        table = tomllib.loads(own.read_text("utf-8"))["project"]
        return About(table["description"], table["requires-python"], tuple(table["dependencies"]))
    installed = metadata.metadata("handrolled")
    required = [r for r in metadata.requires("handrolled") or () if "extra ==" not in r]
    return About(installed["Summary"], installed["Requires-Python"], tuple(required))


def filled(
    template: str, path: str, words: Mapping[str, str] | None = None, *, executable: bool = False
) -> Files:
    """A template as a file of an edition, with each `%WORD%` replaced."""
    text = (TEMPLATES / template).read_text("utf-8")
    for word, value in (words or {}).items():
        text = text.replace(f"%{word}%", value)
    return {path: File(text.encode(), executable)}


def below(folder: Path) -> Iterator[Path]:
    """The files in a folder, in order, without caches, hidden files and what editors leave."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts
        unwanted = any(part == "__pycache__" or part.startswith(".") for part in inside)
        if not unwanted and not path.name.endswith(LEFT_OVER) and path.is_file():
            yield path


def _of_course(paths: Iterable[Path]) -> Files:
    root = course.root()
    return {path.relative_to(root).as_posix(): File(path.read_bytes()) for path in paths}


def _quoted(text: str) -> str:
    """A TOML string: a requirement holds no sign that a literal string could not."""
    return f"'{text}'" if '"' in text else f'"{text}"'
