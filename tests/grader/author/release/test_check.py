"""Leaks of every kind that we could think of: each is planted in a clean edition, and found."""

import ast
import base64
import bz2
import gzip
import importlib.util
import io
import json
import lzma
import marshal
import subprocess
import tarfile
import zipfile
import zlib
from pathlib import Path

import pytest

from grader import course
from grader.author.release import editions, hidden, layers
from grader.author.release.build import build
from grader.author.release.check import check
from grader.author.release.files import Settings, beside_the_course, package, project
from grader.author.release.folder import write
from grader.author.release.words import RUN, words_of
from grader.errors import UsageError

from .conftest import BODY, LESSON, RIGHT, SOLUTION, STEM, STUB, SUITE, WRONG

IN_SOLUTION = f"solutions/{STEM}/scale.py, line"


def leaks_of(folder: Path) -> list[str]:
    """The leaks as they are printed."""
    return [str(leak) for leak in check(folder)]


def plant(folder: Path, path: str, content: bytes | str) -> None:
    """Put a file into an edition."""
    place = folder / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(content.encode() if isinstance(content, str) else content)


def zipped(name: str, content: bytes) -> bytes:
    """An archive of one file."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return file.getvalue()


def tarred(name: str, content: bytes, mode: str = "w:gz") -> bytes:
    """A tar file of one file."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=mode) as archive:
        entry = tarfile.TarInfo(name)
        entry.size = len(content)
        archive.addfile(entry, io.BytesIO(content))
    return file.getvalue()


def compiled_bytes(source: str) -> bytes:
    """A `.pyc` of a source text."""
    return importlib.util.MAGIC_NUMBER + bytes(12) + marshal.dumps(compile(source, "s", "exec"))


# --- what is no leak ---


def test_clean_edition_has_no_leak(students_folder):
    """Stubs share signatures and docstrings with their solutions, and lessons a hint."""
    assert "Try it with the factor one" in LESSON
    assert "Try it with the factor one" in WRONG
    assert leaks_of(students_folder) == []


def test_the_whole_edition_of_this_course_has_no_leak(tmp_path):
    """The real one: its files, and the wheel and the source distribution built from it."""
    write(tmp_path / "edition", editions.student(Settings(course.exercises())))

    assert leaks_of(tmp_path / "edition") == []


def test_what_is_packed_in_the_packages_is_looked_into(students_folder):
    """A leak in a file of the edition is one in its wheel and its source distribution, too."""
    plant(students_folder, "grader/report/notes.py", BODY)
    for path, file in project(["exercises"]).items():
        plant(students_folder, path, file.content)
    for name, file in beside_the_course().items():
        plant(students_folder, name, file.content)

    found = leaks_of(students_folder)

    version = package()["grader/__init__.py"].content.decode().split('"')[-2]
    assert {leak.partition(":")[0] for leak in found if IN_SOLUTION in leak} == {
        "grader/report/notes.py",
        f"handrolled-{version}-py3-none-any.whl",
        f"handrolled-{version}.tar.gz",
    }


# --- the same words in other clothes ---


def indented(text: str) -> str:
    """The lines as the body of a function."""
    return "".join(f"    {line}\n" for line in text.splitlines())


NOTEBOOK = json.dumps({"cells": [{"source": [line + "\n" for line in BODY.splitlines()]}]})
REFORMATTED = """\
def f(
    x,
):
    largest = (
        x.abs()
        .max()
        .clamp(
            min=1.0,
        )
    ); shrunk = x / largest; grown = shrunk * factor * largest; return grown.to(x.dtype)
"""
COLOURED = "".join(
    f'<span class="k">{word}</span> '
    for line in BODY.splitlines()[1:]
    for word in line.replace(".", " . ").replace("(", " ( ").replace(")", " ) ").split()
)
SHORT_LINES = [line.strip() for line in BODY.splitlines()[2:]]
COMMENTED = "".join(
    f"{line}  # {thought}\n"
    for line, thought in zip(SHORT_LINES, ("first", "then", "at last"), strict=True)
)
CLOTHES = {
    "the solution itself": ("notes.py", SOLUTION),
    "its body alone": ("notes.md", BODY),
    "commented out": ("notes.py", "".join(f"# {line}\n" for line in BODY.splitlines())),
    "a sentence of it": ("notes.txt", "I found: goes first, so that nothing overflows on its way"),
    "laid out anew": ("notes.py", REFORMATTED),
    "in a text with Windows line ends": ("notes.md", BODY.replace("\n", "\r\n")),
    "in a notebook": ("notes.ipynb", NOTEBOOK),
    "in one JSON string": ("notes.json", json.dumps("\n".join(SHORT_LINES))),
    "with other comments in it": ("notes.py", "def f(x, factor, largest):\n" + indented(COMMENTED)),
    "on a coloured web page": ("notes.html", COLOURED),
    "in UTF-16": ("notes.txt", BODY.encode("utf-16")),
    "in UTF-32 without a mark": ("notes.txt", BODY.encode("utf-32-be")),
    "between bytes that are no text": ("notes.bin", b"\xff\xfe\xff" + BODY.encode() + b"\x80"),
    "in base64": ("notes.txt", base64.b64encode(BODY.encode())),
    "in base64 on many lines": ("notes.pem", base64.encodebytes(BODY.encode())),
    "in base64 in JSON": (
        "notes.json",
        json.dumps({"data": base64.encodebytes(BODY.encode()).decode()}),
    ),
    "in base64 for addresses": ("notes.txt", base64.urlsafe_b64encode(f"???~~~{BODY}".encode())),
    "zipped": ("notes.zip", zipped("a.py", BODY.encode())),
    "zipped under another name": ("picture.png", zipped("a.py", BODY.encode())),
    "in a tar file": ("notes.tar", tarred("a.py", BODY.encode(), "w")),
    "in a compressed tar file": ("notes.tgz", tarred("a.py", BODY.encode(), "w:gz")),
    "in an archive in an archive": (
        "all.zip",
        zipped("inner.tgz", tarred("a.py", zipped("b", BODY.encode()))),
    ),
    "zipped in base64": ("notes.txt", base64.b64encode(zipped("a.py", BODY.encode() * 3))),
    "compressed by gzip": ("notes.gz", gzip.compress(BODY.encode())),
    "compressed by gzip in two parts": (
        "notes.gz",
        gzip.compress(b"nothing\n") + gzip.compress(BODY.encode()),
    ),
    "compressed by bzip2": ("notes.bz2", bz2.compress(BODY.encode())),
    "compressed by xz": ("notes.xz", lzma.compress(BODY.encode())),
    "compressed by zlib": ("notes.z", zlib.compress(BODY.encode())),
    "compressed best by zlib": ("notes.z", zlib.compress(BODY.encode(), 9)),
}


@pytest.mark.parametrize("name", CLOTHES)
def test_solution_is_found(students_folder, name):
    """Whatever was done to the text, its words are the same."""
    path, content = CLOTHES[name]
    plant(students_folder, f"extra/{path}", content)

    found = leaks_of(students_folder)

    assert found
    assert found[0].startswith(f"extra/{path}:")
    assert IN_SOLUTION in found[0]


@pytest.mark.parametrize(
    ("name", "content", "place"),
    [
        ("a.zip", zipped("b.py", BODY.encode()), "a.zip: b.py:1"),
        ("a.tgz", tarred("b.py", BODY.encode()), "a.tgz: unpacked: b.py:1"),
        ("a.md", b"# A\n\n" + base64.b64encode(BODY.encode()), "a.md: base64 in line 3:1"),
    ],
)
def test_leak_is_named_with_the_way_to_it(students_folder, name, content, place):
    """The path in the archive, and the line in what was packed."""
    plant(students_folder, name, content)

    assert any(
        leak.startswith(f"{place}: is also in {IN_SOLUTION}") for leak in leaks_of(students_folder)
    )


def test_leak_is_named_with_its_file_and_line(students_folder):
    """Both ends of it: where it is, and where it is from."""
    plant(students_folder, "notes.md", f"# Notes\n\nNothing.\n\n{BODY}")

    body_begins = SOLUTION[: SOLUTION.index("    # The largest")].count("\n") + 1
    assert leaks_of(students_folder) == [
        f"notes.md:5: is also in solutions/{STEM}/scale.py, line {body_begins}",
        f"notes.md:6: is also in solutions/{STEM}/scale.py, line {body_begins + 1}",
    ]


OTHER_PARTS = {
    "a check of the suite": (SUITE.partition("@points")[2], f"tests/{STEM}/test_scale.py"),
    "the title of a check": ("Half of an odd number is no whole number.", "test_scale.py"),
    "why a wrong answer is wrong": (WRONG.splitlines()[2], "wrong/factor_added.py"),
    "another right answer": (RIGHT.partition("def")[2], "right/plain_loop.py"),
}


@pytest.mark.parametrize("name", OTHER_PARTS)
def test_everything_hidden_is_found(students_folder, name):
    """Suites, their titles, wrong answers and right ones are as hidden as solutions."""
    text, origin = OTHER_PARTS[name]
    plant(students_folder, "notes.txt", text)

    found = leaks_of(students_folder)

    assert found
    assert origin in found[0]


EXERCISES = course.exercises()


@pytest.fixture(scope="module")
def real_index():
    """The index of the course that is here."""
    return hidden.index()


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.stem)
def test_each_function_of_a_real_solution_is_found_by_itself(exercise, real_index):
    """Its body alone, laid out anew and without comments, unless it is a line of a few words."""
    tree = ast.parse(exercise.solution.read_text("utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    documented = [int(ast.get_docstring(function) is not None) for function in functions]
    bodies = [
        "\n".join(map(ast.unparse, function.body[start:]))
        for function, start in zip(functions, documented, strict=True)
    ]

    missed = [body for body in bodies if not real_index.find(body)]

    assert len(bodies) >= 5
    assert [body for body in missed if "\n" in body or len(words_of(body)) > RUN] == []


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda exercise: exercise.stem)
def test_each_wrong_answer_of_the_course_is_found(exercise, real_index):
    """Even the shortest of them: by its code, its idea, or its hint."""
    texts = {path.name: path.read_text("utf-8") for path in exercise.wrong_answers}

    assert [name for name, text in texts.items() if not real_index.find(text)] == []


# --- what is found by other marks than its words ---


def test_compiled_solution_is_found_without_a_word_of_it(students_folder):
    """Its comments are gone and its names stand elsewhere; what it does is the same."""
    plant(students_folder, "grader/__pycache__/x.cpython-311.pyc", compiled_bytes(SOLUTION))

    assert (
        f"grader/__pycache__/x.cpython-311.pyc: is also in solutions/{STEM}/scale.py"
        in leaks_of(students_folder)
    )


def test_compiled_stub_and_foreign_code_are_no_leak(students_folder):
    """Python leaves such files wherever something was run."""
    plant(students_folder, "__pycache__/a.pyc", compiled_bytes(STUB))
    plant(students_folder, "__pycache__/b.pyc", compiled_bytes(Path(layers.__file__).read_text()))

    assert leaks_of(students_folder) == []


def test_compiled_function_of_a_line_is_no_leak(students_folder, small_course):
    """Two people who write it write the same."""
    plant(small_course, f"tests/{STEM}/given.py", "def identity(x):\n    return x\n")
    plant(students_folder, "a.pyc", compiled_bytes("def identity(x):\n    return x\n"))

    assert leaks_of(students_folder) == []


def test_name_of_a_hidden_file_is_a_leak(students_folder):
    """The name of a wrong answer tells the mistake, even of an empty file."""
    plant(students_folder, f"old/tests/{STEM}/wrong/factor_added.py", "")

    assert leaks_of(students_folder) == [
        f"old/tests/{STEM}/wrong/factor_added.py: has the name of a hidden file"
    ]


def test_stub_that_holds_the_solution_is_a_leak(students_folder, small_course):
    """Even where the teacher's own stub holds it: then nobody gave it away on purpose."""
    for root in (students_folder, small_course):
        plant(root, f"exercises/{STEM}/scale.py", SOLUTION)

    found = leaks_of(students_folder)

    assert any(f"exercises/{STEM}/scale.py:14: is also in {IN_SOLUTION}" in leak for leak in found)


def test_stub_with_an_answer_of_the_teachers_own_is_a_leak(students_folder):
    """No hidden file has it, but a stub does nothing."""
    answer = STUB.replace("raise NotImplementedError", "return torch.mul(x, factor)")
    plant(students_folder, f"exercises/{STEM}/scale.py", answer)

    assert f"exercises/{STEM}/scale.py:7: scale is written already" in leaks_of(students_folder)


def test_lesson_with_code_of_the_solution_is_a_leak(students_folder, small_course):
    """What a lesson says is public; what a solution does is not, wherever it stands."""
    for root in (students_folder, small_course):
        plant(root, f"exercises/{STEM}/README.md", f"{LESSON}\n```python\n{BODY}```\n")

    assert leaks_of(students_folder) != []


def test_solution_in_an_old_commit_is_found(students_folder):
    """Whoever clones the edition gets all of its history."""

    def git(*words):
        identity = ("-c", "user.name=x", "-c", "user.email=x@example.org")
        subprocess.run(["git", *identity, *words], cwd=students_folder, check=True)

    plant(students_folder, "solutions/notes.py", SOLUTION)
    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "everything")
    git("rm", "-q", "solutions/notes.py")
    git("commit", "-qm", "without the solution")

    assert not (students_folder / "solutions" / "notes.py").exists()
    (first, *_) = leaks_of(students_folder)
    assert first.startswith("git history, solutions/notes.py (")
    assert IN_SOLUTION in first


def test_history_that_cannot_be_read_is_a_leak(students_folder):
    """What was not looked into is not proved."""
    (students_folder / ".git").mkdir()

    (leak,) = leaks_of(students_folder)

    assert leak.startswith(".git: cannot be looked into")


# --- what cannot be looked into ---


def encrypted() -> bytes:
    """A zip file of one encrypted entry: the flag alone makes it one."""
    content = bytearray(zipped("a.py", BODY.encode()))
    content[6] |= 1
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def damaged() -> bytes:
    """A zip file whose content is not what its checksum says."""
    content = bytearray(zipped("a.py", b"word " * 99))
    content[content.index(b"PK\x01\x02") + 16] ^= 1
    return bytes(content)


def nested(times: int) -> bytes:
    """A file compressed over and over."""
    content = b"nothing"
    for _ in range(times):
        content = gzip.compress(content)
    return content


CLOSED = {
    "an encrypted zip file": ("a.zip", encrypted(), "encrypted"),
    "a damaged zip file": ("a.zip", damaged(), "CRC"),
    "half a gzip file": ("a.gz", gzip.compress(BODY.encode())[:-9], "cannot be unpacked"),
    "a 7-Zip archive": ("a.7z", b"7z\xbc\xaf\x27\x1c" + bytes(50), "of this kind"),
    "another Python's file": ("a.pyc", b"\x01\x02\x0d\x0a" + bytes(50), "another version"),
    "a damaged compiled file": ("a.pyc", importlib.util.MAGIC_NUMBER + b"\0" * 12, "damaged"),
    "something packed for ever": ("a.gz", nested(20), "too many times"),
}


@pytest.mark.parametrize("name", CLOSED)
def test_what_cannot_be_looked_into_is_a_leak(students_folder, name):
    """Silence would look like a proof."""
    path, content, reason = CLOSED[name]
    plant(students_folder, path, content)

    (leak,) = leaks_of(students_folder)

    assert f"{path}" in leak
    assert "cannot be looked into" in leak
    assert reason in leak


def test_bomb_is_not_unpacked_to_its_end(students_folder, monkeypatch):
    """A file of a few kilobytes may hold gigabytes of zeros."""
    monkeypatch.setattr(layers, "MAX_BYTES", 1 << 20)
    plant(students_folder, "bomb.gz", gzip.compress(bytes(50 << 20)))
    plant(students_folder, "bomb.zip", zipped("zeros", bytes(50 << 20)))

    found = leaks_of(students_folder)

    assert [leak.partition(":")[0] for leak in found] == ["bomb.gz", "bomb.zip"]
    assert all("unpacks to more than 1 MB" in leak for leak in found)


@pytest.mark.parametrize("target", ["../course/solutions", "/etc/hostname", "nowhere"])
def test_link_is_a_leak(students_folder, target):
    """What it points to is no part of the edition, or should not be."""
    (students_folder / "link").symlink_to(target)

    assert leaks_of(students_folder) == [f"link: is a link to {target}; an edition has files only"]


def test_long_words_are_no_archives(students_folder):
    """Anything can be decoded; what comes out is rubbish, and no reason to worry anyone."""
    words = " ".join(f"a_very_long_identifier_number_{number}" for number in range(200))
    begins_as_zlib_does = base64.b64encode(b"x\x9c" + b"\xff" * 60).decode()
    plant(students_folder, "notes.txt", f"{words}. {begins_as_zlib_does}")

    assert leaks_of(students_folder) == []


def test_row_of_numbers_is_no_leak(students_folder, small_course):
    """Zeros in a suite and zeros in a table tell nothing of each other."""
    plant(small_course, f"tests/{STEM}/data.py", "ROW = [0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0]\n")
    plant(students_folder, "table.csv", "0,0,0,0,0,0,0,0,1,0,0\n")

    assert leaks_of(students_folder) == []


def test_fewer_words_than_a_run_are_no_leak(students_folder):
    """One word more is one, as the clothes above show."""
    words = [word.text for word in words_of(BODY)]
    plant(students_folder, "notes.txt", " ".join(words[1:RUN]))

    assert leaks_of(students_folder) == []


# --- what it is compared with ---


def test_edition_without_anything_hidden_proves_nothing(small_course, students_folder, monkeypatch):
    """A student's own installation knows no solution: there is nothing to be compared with."""
    monkeypatch.setattr(course, "root", lambda: students_folder)

    with pytest.raises(UsageError, match="nothing to compare with"):
        check(students_folder)


def test_folder_that_is_not_there_is_the_users_business(small_course, tmp_path):
    """A typing mistake must not pass for a proof."""
    with pytest.raises(UsageError, match="There is no folder"):
        check(tmp_path / "nowhere")


def test_project_that_cannot_be_built_is_the_users_business(students_folder):
    """The packages belong to the proof."""
    plant(students_folder, "pyproject.toml", "[project]\n")

    with pytest.raises(UsageError, match="cannot be built"):
        check(students_folder)


def test_missing_builder_is_said_with_the_way_to_it(students_folder, monkeypatch):
    """Only those who release need it."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)

    with pytest.raises(UsageError, match=r"pip install 'handrolled\[release\]'"):
        build(students_folder, students_folder / "dist", "wheel")
