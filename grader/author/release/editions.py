"""The editions: what a student, a grading repository, Gradescope and Classroom 50 are given.

Where students cannot look there is what grading needs: suites, references and wrong answers. The
solutions are in no edition at all.
"""

import re
from collections.abc import Sequence

from grader.author.release.build import wheel
from grader.author.release.files import (
    File,
    Files,
    Settings,
    about,
    beside_the_course,
    filled,
    package,
    project,
    stubs,
    suites,
)
from grader.errors import UsageError
from grader.model import Exercise

# What an address of a package index is written with; a shell and Python read it as it is.
_ADDRESS = re.compile(r"[\w.:/@%~+=&?,-]*", re.ASCII)


def student(settings: Settings) -> Files:
    """The student's edition: stubs, lessons, hints, the grader, and what CI runs."""
    exercises, words = settings.exercises, _words(settings)
    made = {
        **package(),
        **stubs(exercises),
        **beside_the_course(),
        **project(["exercises"]),
        **filled("student/README.md", "README.md", _introduction(exercises)),
        **filled("student/gitignore", ".gitignore"),
        **filled("student/github.yml", ".github/workflows/grade.yml", words),
        **filled("student/gitlab.yml", ".gitlab-ci.yml", words),
    }
    return dict(sorted(made.items()))


def grading(settings: Settings) -> Files:
    """The private repository of a teacher, which fetches everyone's work and grades it."""
    words = _words(settings)
    return {
        **_grader(settings),
        **filled("grading/README.md", "README.md", words),
        **filled("grading/students.csv", "students.csv"),
        **filled("grading/gitignore", ".gitignore"),
        **filled("grading/collect", "collect", executable=True),
        **filled("grading/fetch", "fetch", executable=True),
        **filled("grading/github.yml", ".github/workflows/grade.yml", words),
        **filled("grading/gitlab.yml", ".gitlab-ci.yml", words),
    }


def gradescope(settings: Settings) -> Files:
    """What is uploaded to Gradescope, with its two scripts at the root.

    Source: https://gradescope-autograders.readthedocs.io/en/latest/specs/
    """
    words = _words(settings)
    return {
        **_grader(settings),
        **filled("gradescope/setup.sh", "setup.sh", words, executable=True),
        **filled("gradescope/run_autograder", "run_autograder", words, executable=True),
    }


def classroom50(settings: Settings) -> Files:
    """A folder for each exercise, as Classroom 50 wants it in its `autograders/`."""
    made: Files = {}
    for exercise in settings.exercises:
        words = _words(settings) | {"EXERCISE": exercise.id}
        script = filled("classroom50/autograder.py", "autograder.py", words)
        folder = _grader(settings, exercise.stem) | script
        made |= {f"{exercise.id}/{path}": file for path, file in folder.items()}
    return made


def _grader(settings: Settings, stem: str | None = None) -> Files:
    """The grader as a wheel, with the suites of all the exercises or of one."""
    chosen = [e for e in settings.exercises if stem in (None, e.stem)]
    pinned: dict[str, File] = beside_the_course()
    parts = {**package(), **stubs(chosen), **suites(chosen), **pinned}
    return wheel(parts | project(["exercises", "tests"])) | pinned


def _introduction(exercises: Sequence[Exercise]) -> dict[str, str]:
    """What the student's README says of the exercises."""
    first = exercises[0]
    return {
        "EXERCISES": "\n".join(f"- `{e.id}`: {e.title}. {e.summary}" for e in exercises),
        "FIRST": first.id,
        "STUB": first.stub.relative_to(first.root).as_posix(),
        "PYTHON": about().python.removeprefix(">="),
    }


def _words(settings: Settings) -> dict[str, str]:
    """What the templates say of the settings."""
    if not _ADDRESS.fullmatch(settings.torch_index):
        raise UsageError(f"{settings.torch_index!r} is no address of a package index.")
    return {
        "EXERCISES": " ".join(exercise.id for exercise in settings.exercises),
        "FEEDBACK": settings.feedback,
        "ISOLATION": settings.isolation,
        "TORCH_INDEX": settings.torch_index,
    }
