"""One submission on a platform's machine: there is a result, whatever was handed in."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from grader import course
from grader.author.release import box
from grader.errors import SandboxError
from grader.submission import MAX_BYTES

from .conftest import SOLUTION, STEM, STUB


@pytest.fixture
def handed_in(tmp_path) -> Path:
    """The folder with a student's files."""
    folder = tmp_path / "submission"
    folder.mkdir()
    return folder


@pytest.fixture
def run(small_course, handed_in, tmp_path, monkeypatch):
    """Grades what was handed in; gives the exit status and the result, None where there is none."""
    monkeypatch.setenv("HANDROLLED_COURSE", str(small_course))

    def run(platform, *options):
        result = tmp_path / "results.json"
        arguments = ["--format", platform, "--submission", handed_in, "--result", result, *options]
        done = CliRunner().invoke(box.main, [*map(str, arguments), "exercise1"])
        written = json.loads(result.read_text()) if result.exists() else None
        return done.exit_code, written

    return run


def gather(handed_in, tmp_path):
    """What is graded, and what is said about it."""
    notes = box.gather(course.exercises(), handed_in, tmp_path / "work")
    return (tmp_path / "work" / "scale.py").read_bytes(), notes


@pytest.mark.parametrize("path", ["scale.py", f"{STEM}/scale.py", "my work/v2/scale.py"])
def test_file_is_taken_from_wherever_it_lies(small_course, handed_in, tmp_path, path):
    """As `grade` itself finds it."""
    (handed_in / path).parent.mkdir(parents=True, exist_ok=True)
    (handed_in / path).write_text(SOLUTION)

    assert gather(handed_in, tmp_path) == (SOLUTION.encode(), [])


def as_nothing(folder):
    """No file at all."""


def as_another_name(folder):
    """A file that a browser renamed."""
    (folder / "scale (1).py").write_text(SOLUTION)


def as_two(folder):
    """Two of them, and nobody knows which counts."""
    for name in ("old", "new"):
        (folder / name).mkdir()
        (folder / name / "scale.py").write_text(SOLUTION)


def as_link(folder):
    """A link to what lies on the machine that grades."""
    (folder / "scale.py").symlink_to(folder.parent / "course" / "solutions" / STEM / "scale.py")


def as_folder(folder):
    """A folder of that name."""
    (folder / "scale.py").mkdir()


def as_pipe(folder):
    """Something that nobody ever writes into."""
    os.mkfifo(folder / "scale.py")


@pytest.mark.parametrize(
    "hand_in", [as_nothing, as_another_name, as_two, as_link, as_folder, as_pipe]
)
def test_what_is_not_one_file_counts_as_not_started(small_course, handed_in, tmp_path, hand_in):
    """The stub is graded in its place, and the student reads what to hand in."""
    hand_in(handed_in)

    graded, notes = gather(handed_in, tmp_path)

    assert graded == STUB.encode()
    assert notes == ["Scaling counts as not started: hand in one file called scale.py."]


def test_endless_file_is_not_read_to_its_end(small_course, handed_in, tmp_path):
    """What is passed on is just too large, and the grader says so."""
    (handed_in / "scale.py").write_bytes(b"#" * (MAX_BYTES * 3))

    graded, notes = gather(handed_in, tmp_path)

    assert len(graded) == MAX_BYTES + 1
    assert notes == []


def test_solution_gets_everything(run, handed_in):
    """The whole way, as a platform starts it."""
    (handed_in / "scale.py").write_text(SOLUTION)

    status, written = run(box.GRADESCOPE, "--isolation", "auto")

    assert status == 0
    assert (written["score"], written["tests"][0]["status"]) == (100, "passed")


@pytest.mark.parametrize("platform", [box.GRADESCOPE, box.CLASSROOM50])
def test_nothing_gets_nothing_and_a_result(run, platform):
    """With a sentence where the platform shows one."""
    status, written = run(platform, "--isolation", "auto")

    assert status == 0
    assert written["score"] == 0
    assert [test.get("max_score", test.get("max-score")) for test in written["tests"]] == [100]
    if platform == box.GRADESCOPE:
        assert written["output"].startswith("Scaling counts as not started: hand in one file")


@pytest.mark.parametrize("platform", [box.GRADESCOPE, box.CLASSROOM50])
def test_failure_of_ours_is_not_the_students(run, small_course, platform):
    """On Gradescope a result that says so; elsewhere none, and an exit status."""
    (small_course / "tests" / STEM / "reference.py").write_text("this is no Python")

    status, written = run(platform, "--isolation", "auto")

    assert status == 3
    if platform == box.GRADESCOPE:
        assert written["score"] == 0
        assert "This says nothing about your code." in written["output"]
        assert written["tests"] == []
    else:
        assert written is None


def test_grading_that_takes_too_long_ends_with_a_result(run, monkeypatch):
    """Gradescope would show nothing at all."""
    monkeypatch.setattr(subprocess, "run", never_ending(subprocess.run))

    status, written = run(box.GRADESCOPE, "--seconds", "0.2")

    assert status == 3
    assert "took longer than 0.2 seconds and was stopped" in written["output"]


def never_ending(run):
    """`subprocess.run` of a process that sleeps instead."""
    return lambda command, **options: run(["/bin/sleep", "60"], **options)


def refuse(order):
    """Grading where the sandbox is missing."""
    raise SandboxError("The isolation 'strict' cannot be had here.")


def test_isolation_that_cannot_be_had_is_a_failure_of_ours(run, monkeypatch):
    """Nothing is graded less strictly than the teacher said."""
    monkeypatch.setattr(box, "grade", refuse)

    status, written = run(box.GRADESCOPE)

    assert (status, written["score"]) == (3, 0)


@pytest.mark.parametrize("kind", ["file", "link"])
def test_result_that_was_handed_in_is_not_taken_for_ours(run, tmp_path, monkeypatch, kind):
    """Classroom 50 reads it from the folder in which the student's files lie."""
    monkeypatch.setattr(box, "grade", refuse)
    forged = tmp_path / ("results.json" if kind == "file" else "forged.json")
    forged.write_text('{"score": 100}')
    if kind == "link":
        (tmp_path / "results.json").symlink_to(forged)

    status, written = run(box.CLASSROOM50)

    assert (status, written) == (3, None)
    assert kind == "file" or forged.read_text() == '{"score": 100}'


def test_options_reach_the_grader(run, monkeypatch):
    """How strictly, how openly, with how much memory."""
    commands = []

    def note(command, **options):
        commands.append(command)
        return subprocess.CompletedProcess(command, 1)

    monkeypatch.setattr(box.subprocess, "run", note)
    run(box.GRADESCOPE, "--isolation", "process", "--feedback", "score", "--memory", "256")

    text = " ".join(commands[0])
    assert text.startswith(f"{sys.executable} -I -m grader exercise1 --submission ")
    assert "--isolation process --feedback score --memory 256" in text
    assert "--exit-zero" in text
