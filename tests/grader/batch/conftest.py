"""Entries of a gradebook, and what platforms hand out: made of a few words each."""

import io
import json
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from grader.batch.intake import collect
from grader.batch.model import Entry, HandIn, Intake, Student
from grader.model import (
    Environment,
    Exercise,
    ExerciseResult,
    Forbidden,
    Limits,
    Progress,
    Report,
    Task,
)


def an_exercise(
    number: int = 3, slug: str = "max_unpool", title: str = "Pooling and its inverse"
) -> Exercise:
    """An exercise of no tasks."""
    stem = f"exercise{number:02}_{slug}"
    return Exercise(stem, number, slug, title, "", (), Limits(), Path("/course"))


def a_student(key: str = "ada", name: str = "Ada Lovelace", **ids: str) -> Student:
    """A student with what a platform told of them."""
    return Student(key, name, ids)


def an_entry(
    student: Student,
    score: int | None = 87,
    exercise: Exercise | None = None,
    error: str | None = None,
    **handin: Any,
) -> Entry:
    """A graded hand-in, or with `score=None` one that there was nothing to grade of."""
    exercise = exercise or an_exercise()
    handed_in = HandIn(student, exercise.stem, Path("answer.py"), **handin)
    if score is None:
        return Entry(handed_in, None)
    status = Progress.ERROR if error else Progress.FAILED
    result = ExerciseResult(exercise, "answer.py", "f00d", status, score, 100, (), error)
    environment = Environment("1.0", "3.11.7", "2.13.0", "linux-x86_64")
    return Entry(handed_in, Report((result,), 1, "cpu", "strict", 0.1, environment))


@pytest.fixture
def make() -> SimpleNamespace:
    """Makes what a gradebook is made of: `make.entry(make.student("ada"), 87)`."""
    return SimpleNamespace(exercise=an_exercise, student=a_student, entry=an_entry)


# --- what platforms hand out ---

POOL = "def pool(x):\n    return x\n"


def of_tasks(number: int, slug: str, *names: str) -> Exercise:
    """An exercise whose tasks have these names."""
    tasks = tuple(Task(name, 100 // len(names), (), Forbidden()) for name in names)
    return replace(an_exercise(number, slug), tasks=tasks)


@pytest.fixture
def pooling() -> Exercise:
    """Exercise 7, handed in as `pooling.py`, which defines `pool` and `Unpool`."""
    return of_tasks(7, "pooling", "pool", "Unpool")


@pytest.fixture
def padding() -> Exercise:
    """Exercise 8, handed in as `padding.py`, which defines `pad`."""
    return of_tasks(8, "padding", "pad")


@pytest.fixture
def put(tmp_path: Path) -> Callable[..., Path]:
    """Makes a folder: `put("export", {"ada/pooling.py": "…", "bob/": ""})`."""

    def make(name: str, files: Mapping[str, str | bytes] | Iterable[str]) -> Path:
        root = tmp_path / name
        root.mkdir(parents=True, exist_ok=True)
        for place in files:
            path = root / place
            if place.endswith("/"):
                path.mkdir(parents=True, exist_ok=True)
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            content = files[place] if isinstance(files, Mapping) else POOL
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return root

    return make


def pack(folder: Path) -> Path:
    """The zip of what is in a folder, beside it."""
    path = folder.with_name(f"{folder.name}.zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for inner in sorted(folder.rglob("*")):
            archive.write(inner, inner.relative_to(folder).as_posix())
    return path


@pytest.fixture(params=["folder", "zip"])
def handed_out(request: pytest.FixtureRequest, put: Callable[..., Path]) -> Callable[..., Path]:
    """`put`, for tests that must come out alike for a folder and for the zip of it."""
    return put if request.param == "folder" else lambda *given: pack(put(*given))


@pytest.fixture
def take(tmp_path: Path) -> Callable[..., Intake]:
    """Takes in submissions: `take(folder, exercise, …)`."""

    def call(submissions: Path, *exercises: Exercise) -> Intake:
        into = tmp_path / "into"
        into.mkdir(exist_ok=True)
        return collect(submissions, exercises, into)

    return call


@pytest.fixture
def found() -> Callable[[Intake], dict[str, str]]:
    """What was taken of whom: where the file was found, or why there is none."""
    return lambda intake: {
        handin.student.key: handin.origin or handin.why for handin in intake.handins
    }


@pytest.fixture
def left() -> Callable[[Intake], dict[str, str]]:
    """What was left over, and why."""
    return lambda intake: {item.origin: item.why for item in intake.unmatched}


def a_zip(files: Mapping[str, str | bytes]) -> bytes:
    """The bytes of a zip of these files."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


@pytest.fixture
def packed() -> Callable[[Mapping[str, str | bytes]], bytes]:
    """Makes the bytes of a zip: `packed({"pooling.py": "…"})`."""
    return a_zip


def a_notebook(*cells: str) -> str:
    """The text of a notebook of version 4."""
    made = [
        {"cell_type": "code", "id": f"c{number}", "metadata": {}, "outputs": [],
         "execution_count": None, "source": source}
        for number, source in enumerate(cells)
    ]  # fmt: skip
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": made})


@pytest.fixture
def notebook() -> Callable[..., str]:
    """Makes the text of a notebook of code cells: `notebook("import torch", "def f(): …")`."""
    return a_notebook
