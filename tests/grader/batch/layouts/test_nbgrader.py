"""nbgrader: the folder of a course, in which only `submitted` holds what students did."""

import pytest

from grader.batch.model import Student


@pytest.mark.parametrize("name", ["course", "submitted"])
def test_students_are_in_submitted(handed_out, take, pooling, notebook, name):
    """The course's folder may be given, or `submitted` itself."""
    prefix = "submitted/" if name == "course" else ""
    work = f"{prefix}bitdiddle/exercise7/Answer.ipynb"
    files = {
        work: notebook("def pool(x):\n    return x\n"),
        f"{prefix}bitdiddle/exercise7/timestamp.txt": "2026-02-02 15:58:23 UTC",
        f"{prefix}hacker/": "",
    }

    intake = take(handed_out(name, files), pooling)

    assert intake.layout == "nbgrader"
    assert intake.students == (
        Student("bitdiddle", "", {"username": "bitdiddle"}),
        Student("hacker", "", {"username": "hacker"}),
    )
    assert [(handin.origin, handin.why) for handin in intake.handins] == [
        (work, ""),
        ("", "no file handed in"),
    ]
    assert intake.unmatched == ()


def test_the_other_steps_are_nobodys_work(put, take, pooling, left):
    """They hold the source, with its solutions, and copies of what was submitted."""
    files = [
        "submitted/ada/e/pooling.py", "submitted/notes.txt", "source/e/pooling.py",
        "autograded/ada/e/pooling.py", "gradebook.db",
    ]  # fmt: skip

    intake = take(put("course", files), pooling)

    assert [handin.origin for handin in intake.handins] == ["submitted/ada/e/pooling.py"]
    why = "is not in submitted/"
    assert left(intake) == {
        "source": why,
        "autograded": why,
        "gradebook.db": why,
        "submitted/notes.txt": "is in no student's folder",
    }


@pytest.mark.parametrize("name", ["course", "submitted"])
def test_a_link_among_the_students_is_told_once(put, take, pooling, name):
    """It is nobody's folder."""
    prefix = "submitted/" if name == "course" else ""
    root = put(name, [f"{prefix}ada/pooling.py"])
    (root / prefix / "eve").symlink_to("ada")

    intake = take(root, pooling)

    assert [student.key for student in intake.students] == ["ada"]
    assert [item.origin for item in intake.unmatched] == [f"{prefix}eve"]


def test_an_assignment_may_have_the_name_of_an_exercise(put, take, pooling, padding):
    """Where each has a folder, a file in it may have any name."""
    files = ["submitted/ada/exercise7/a.py", "submitted/ada/padding/b.py"]

    intake = take(put("course", files), pooling, padding)

    assert [handin.origin for handin in intake.handins] == files
