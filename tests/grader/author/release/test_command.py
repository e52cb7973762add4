"""`grade release` as it is typed: what it makes, what it says, and how it exits."""

import zipfile

import pytest
from click.testing import CliRunner

from grader import course
from grader.cli import release as command
from grader.cli.release import release
from grader.errors import UsageError

from .conftest import BODY, STEM, STUB

pytestmark = pytest.mark.usefixtures("small_course", "small_package")


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Runs the command in an empty folder; an error of ours comes out as it is."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.delenv("TORCH_INDEX", raising=False)

    def run(*arguments):
        result = CliRunner().invoke(release, arguments)
        if isinstance(result.exception, UsageError):
            raise result.exception
        return result

    return run


def test_edition_is_made_and_proved(run, tmp_path):
    """Exit status 0, and a word about each."""
    result = run("edition")

    assert result.exit_code == 0, result.output
    assert result.stdout == "edition: nothing hidden is in it\nedition: 11 files\n"
    assert (tmp_path / "here" / "edition" / "exercises" / STEM / "scale.py").read_text() == STUB


def test_edition_with_a_leak_is_never_there(run, small_course, tmp_path):
    """The teacher tried the exercise in the stub's place; nothing is written."""
    stub = small_course / "exercises" / STEM / "scale.py"
    stub.write_text(STUB.replace("    raise NotImplementedError\n", BODY))

    result = run("edition")

    assert result.exit_code == 1
    assert f"exercises/{STEM}/scale.py:7: scale is written already" in result.stdout
    assert "Do not publish this." in result.stderr
    assert not (tmp_path / "here" / "edition").exists()


def test_leak_in_what_was_kept_is_found(run, tmp_path):
    """What the teacher wrote into the edition stays, and is looked through all the same."""
    run("edition")
    readme = tmp_path / "here" / "edition" / "README.md"
    readme.write_text(f"# My course\n\n{BODY}")

    result = run("edition")

    assert result.exit_code == 1
    assert "README.md:3: is also in solutions/" in result.stdout
    assert "README.md was edited there and is left as it is" in result.stderr
    assert BODY in readme.read_text()


def test_check_alone_makes_nothing(run, tmp_path):
    """The same proof for a folder as it is now."""
    run("edition")
    before = sorted((tmp_path / "here").rglob("*"))
    assert run("--check", "edition").exit_code == 0

    (tmp_path / "here" / "edition" / "notes.txt").write_text(BODY)
    result = run("edition", "--check")

    assert result.exit_code == 1
    assert result.stdout.startswith(f"notes.txt:1: is also in solutions/{STEM}/scale.py, line ")
    assert [p for p in (tmp_path / "here").rglob("*") if p not in before] == [
        tmp_path / "here" / "edition" / "notes.txt"
    ]


def test_many_leaks_are_counted_and_the_first_are_named(run, tmp_path, monkeypatch):
    """Where a whole suite got in, the first lines say enough."""
    monkeypatch.setattr(command, "SHOWN", 3)
    run("edition")
    for number in range(5):
        (tmp_path / "here" / "edition" / f"notes{number}.txt").write_text(BODY.splitlines()[0])

    result = run("--check", "edition")

    assert len(result.stdout.splitlines()) == 3
    assert "leaks, of which 3 are shown" in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["--check"],
        ["one", "--grading", "two"],
        ["--gradescope", "a.zip", "--classroom50", "two"],
        ["--check", "--grading", "two"],
        ["--check", "one", "--gradescope", "a.zip"],
        ["--exercise", "1"],
    ],
)
def test_one_thing_is_made_at_a_time(run, arguments):
    """Anything else is a misunderstanding."""
    with pytest.raises(UsageError, match="Name one thing to make"):
        run(*arguments)


def test_only_the_named_exercises_are_in_it(run, small_course, tmp_path):
    """A course can be handed out week by week."""
    later = small_course / "exercises" / "exercise02_later"
    later.mkdir()
    for path in (small_course / "exercises" / STEM).iterdir():
        (later / path.name.replace("scale", "later")).write_bytes(path.read_bytes())

    run("edition", "--exercise", "scale")

    exercises = tmp_path / "here" / "edition" / "exercises"
    assert [path.name for path in exercises.iterdir()] == [STEM]
    workflow = tmp_path / "here" / "edition" / ".github" / "workflows" / "grade.yml"
    assert "grade exercise1 --submission" in workflow.read_text()


def test_unknown_exercise_is_the_users_business(run):
    """As everywhere."""
    with pytest.raises(UsageError, match="There is no exercise called '7'"):
        run("edition", "--exercise", "7")


@pytest.mark.parametrize("option", ["--grading", "--gradescope", "--classroom50"])
def test_edition_without_suites_cannot_make_what_grades(run, students_folder, monkeypatch, option):
    """A student who tries reads why."""
    monkeypatch.setattr(course, "root", lambda: students_folder)

    with pytest.raises(UsageError, match="are hidden and not part of this edition"):
        run(option, "target")


@pytest.mark.parametrize("name", ["autograder.zip", "folder"])
def test_gradescope_gets_a_zip_file_or_a_folder(run, tmp_path, name):
    """With its scripts at the root, and not inside a folder."""
    result = run("--gradescope", name)

    assert result.exit_code == 0, result.output
    made = tmp_path / "here" / name
    assert made.is_file() == name.endswith(".zip")
    names = zipfile.ZipFile(made).namelist() if made.is_file() else [p.name for p in made.iterdir()]
    assert {"setup.sh", "run_autograder", "constraints.txt"} <= set(names)


@pytest.mark.parametrize("option", ["--grading", "--classroom50"])
def test_other_editions_are_folders(run, tmp_path, option):
    """Each can be brought up to date later on."""
    assert run(option, "target").exit_code == 0
    assert run(option, "target").exit_code == 0
    assert any((tmp_path / "here" / "target").rglob("*.whl"))


def test_index_for_torch_may_come_from_the_environment(run, tmp_path, monkeypatch):
    """As everything about pip does in a CI."""
    monkeypatch.setenv("TORCH_INDEX", "https://torch.example.org/cpu")

    run("--gradescope", "folder")

    script = (tmp_path / "here" / "folder" / "setup.sh").read_text()
    assert "TORCH_INDEX=${TORCH_INDEX:-https://torch.example.org/cpu}" in script
