"""What is in each edition, and what is in none."""

import io
import re
import subprocess
import sys
import tomllib
import zipfile

import pytest

from grader import course
from grader.author.release import editions, files
from grader.author.release.files import Settings
from grader.author.release.folder import write
from grader.errors import UsageError

from .conftest import STEM

ALL = [editions.student, editions.grading, editions.gradescope, editions.classroom50]


@pytest.fixture
def settings(small_course, small_package):
    """Everything in the small course, graded as usual."""
    return Settings(course.exercises(), torch_index="https://torch.example.org/cpu")


def in_wheels(edition):
    """The names of what lies in the wheels of an edition."""
    wheels = [file.content for path, file in edition.items() if path.endswith(".whl")]
    return {name for wheel in wheels for name in zipfile.ZipFile(io.BytesIO(wheel)).namelist()}


def test_student_gets_stubs_lessons_hints_and_the_grader(settings):
    """And what installs and grades it."""
    made = editions.student(settings)

    assert sorted(made) == [
        ".github/workflows/grade.yml",
        ".gitignore",
        ".gitlab-ci.yml",
        "LICENSE",
        "README.md",
        "constraints.txt",
        f"exercises/{STEM}/README.md",
        f"exercises/{STEM}/exercise.toml",
        f"exercises/{STEM}/scale.py",
        "grader/__init__.py",
        "pyproject.toml",
    ]


def test_what_editors_and_python_leave_behind_goes_to_nobody(settings, small_course):
    """A backup of a stub may be the teacher's own answer."""
    stub = small_course / "exercises" / STEM / "scale.py"
    for name in ("scale.py~", "scale.py.bak", ".scale.py.swp", "scale.py.orig", ".env"):
        stub.with_name(name).write_text("secret")
    (stub.parent / "__pycache__").mkdir()
    (stub.parent / "__pycache__" / "scale.cpython-311.pyc").write_bytes(b"secret")

    assert [path for path in editions.student(settings) if path.startswith("exercises/")] == [
        f"exercises/{STEM}/README.md",
        f"exercises/{STEM}/exercise.toml",
        f"exercises/{STEM}/scale.py",
    ]


@pytest.mark.parametrize("edition", ALL[1:3], ids=lambda edition: edition.__name__)
def test_grader_of_a_platform_is_a_wheel_with_suites_and_without_solutions(settings, edition):
    """What is not needed cannot get out."""
    names = in_wheels(edition(settings))

    assert {name for name in names if name.startswith("grader/_course/")} == {
        "grader/_course/LICENSE",
        "grader/_course/constraints.txt",
        f"grader/_course/exercises/{STEM}/README.md",
        f"grader/_course/exercises/{STEM}/exercise.toml",
        f"grader/_course/exercises/{STEM}/scale.py",
        f"grader/_course/tests/{STEM}/test_scale.py",
        f"grader/_course/tests/{STEM}/reference.py",
        f"grader/_course/tests/{STEM}/wrong/factor_added.py",
    }


def test_each_assignment_of_classroom_50_knows_its_own_suite_only(settings, small_course):
    """What is in its folder may be read by whoever finds it."""
    for folder in ("exercises", "solutions", "tests"):
        source = small_course / folder / STEM
        target = small_course / folder / "exercise02_shift"
        target.mkdir(parents=True)
        for path in source.rglob("*.*"):
            (target / path.name.replace("scale", "shift")).write_bytes(path.read_bytes())
    made = editions.classroom50(Settings(course.exercises()))

    assert {path.split("/")[0] for path in made} == {"exercise1", "exercise2"}
    for number, stem in ((1, STEM), (2, "exercise02_shift")):
        own = {path: file for path, file in made.items() if path.startswith(f"exercise{number}/")}
        stems = {n.split("/")[3] for n in in_wheels(own) if n.startswith("grader/_course/tests/")}
        assert stems == {stem}
        assert f"exercise{number}/autograder.py" in own


def test_scripts_may_be_executed_and_begin_with_an_interpreter(settings):
    """Gradescope and cron start them as they are."""
    for made in (editions.gradescope(settings), editions.grading(settings)):
        scripts = {path: file for path, file in made.items() if file.executable}

        assert len(scripts) == 2
        assert all(f.content.startswith(b"#!/usr/bin/env bash\n") for f in scripts.values())


@pytest.mark.parametrize("edition", ALL, ids=lambda edition: edition.__name__)
def test_no_template_is_left_unfilled(settings, edition):
    """Every %WORD% is replaced."""
    texts = {p: f.content.decode("utf-8", "replace") for p, f in edition(settings).items()}

    assert [p for p, t in texts.items() if re.search(r"%[A-Z_]+%", t) and ".whl" not in p] == []


@pytest.mark.parametrize("edition", ALL[2:], ids=lambda edition: edition.__name__)
def test_settings_arrive_in_the_scripts(settings, small_course, edition):
    """How strictly, how openly, and where torch is from."""
    chosen = Settings(settings.exercises, "score", "auto", "https://torch.example.org/cpu?a=1")
    text = "".join(
        file.content.decode() for path, file in edition(chosen).items() if ".whl" not in path
    )

    assert "https://torch.example.org/cpu?a=1" in text
    assert re.search(r"--isolation\W+auto\W", text)
    assert re.search(r"--feedback\W+score\W", text)
    assert "exercise1" in text


@pytest.mark.parametrize("address", ["$(reboot)", 'x"y', "a b", "x}y", "x\ny", "`id`", "x'", "x\\"])
def test_address_that_a_shell_would_not_leave_alone_is_refused(settings, address):
    """It is written into scripts that run as root."""
    with pytest.raises(UsageError, match="is no address"):
        editions.gradescope(Settings(settings.exercises, torch_index=address))


KEYS = ("name", "description", "requires-python", "dependencies")


def test_edition_is_a_project_with_what_the_grader_requires(settings):
    """The same requirements as ours, without what only its authors need."""
    own = tomllib.loads((course.shipped() / "pyproject.toml").read_text())["project"]
    made = tomllib.loads(editions.student(settings)["pyproject.toml"].content.decode())["project"]

    assert {key: made[key] for key in KEYS} == {key: own[key] for key in KEYS}
    assert "optional-dependencies" not in made


def test_installed_grader_asks_its_installation(settings, tmp_path, monkeypatch):
    """It has no project file beside it."""
    monkeypatch.setattr(files, "PACKAGE", tmp_path / "grader")
    made = tomllib.loads(editions.student(settings)["pyproject.toml"].content.decode())["project"]

    names = {re.split(r"[<>=~ ]", requirement)[0] for requirement in made["dependencies"]}
    assert {"torch", "click", "msgspec"} <= names
    assert names.isdisjoint({"ruff", "mypy", "hypothesis"})
    assert made["requires-python"].startswith(">=3.")


def test_package_goes_without_the_course_that_it_carries(tmp_path, monkeypatch):
    """In an installed package the hidden files lie inside of it."""
    for path in ("course.py", "_course/solutions/a.py", "__pycache__/b.pyc", "templates/c.yml"):
        (tmp_path / "grader" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "grader" / path).touch()
    monkeypatch.setattr(files, "PACKAGE", tmp_path / "grader")

    assert sorted(files.package()) == ["grader/course.py", "grader/templates/c.yml"]


def test_student_can_look_around_and_reads_why_nothing_is_graded(tmp_path, monkeypatch):
    """The course, a lesson, a hint; the rest is the sentence about the hidden tests."""
    (first, *_) = course.exercises()
    folder = tmp_path / "edition"
    write(folder, editions.student(Settings((first,))))

    def grade(*words):
        # As in an editable installation of the edition: its own package, its own exercises.
        command = [sys.executable, "-c", f"import sys; sys.path[0] = {str(folder)!r}; {MAIN}"]
        return subprocess.run([*command, *words], cwd=folder, capture_output=True, text=True)

    assert first.title in grade().stdout
    assert grade("show", first.id).stdout.startswith("# ")
    assert "hint 1 of" in grade("hint", first.id).stdout
    assert grade("show", first.id, "--solution").returncode != 0
    check = "from grader import course; course.check_suites(course.exercises())"
    asked = subprocess.run(
        [sys.executable, "-c", check], cwd=folder, capture_output=True, text=True
    )
    assert f"The tests of {first.id} are hidden and not part of this edition" in asked.stderr


MAIN = "from grader.cli import main; main()"
