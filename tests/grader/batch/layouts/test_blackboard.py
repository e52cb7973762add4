"""Blackboard: all attempts of everybody in one folder, each with a text of its own."""

import pytest

from grader.batch.model import Student

OLD, NEW = "2026-03-01-12-30-00", "2026-03-02-08-00-00"


def text_of(name: str, user: str, label: str = "Name") -> str:
    """What Blackboard writes beside an attempt."""
    return f"{label}: {name} ({user})\nAssignment: Exercise 7\nFiles:\n\tFilename: x\n"


def test_an_attempt_is_a_students(handed_out, take, pooling, found):
    """The text beside it tells the name, and is nobody's submission."""
    start = f"Exercise 7_jdoe_attempt_{NEW}"
    files = {f"{start}.txt": text_of("Jane Doe", "jdoe"), f"{start}_pooling.py": ""}

    intake = take(handed_out("export", files), pooling)

    assert intake.layout == "Blackboard"
    assert intake.students == (Student("jdoe", "Jane Doe", {"username": "jdoe"}),)
    assert found(intake) == {"jdoe": f"{start}_pooling.py"}
    assert intake.unmatched == ()
    assert intake.handins[0].feedback == "jdoe/feedback.html"


def test_the_latest_attempt_counts(handed_out, take, pooling, found, left):
    """Though an earlier one may have the better name."""
    names = [f"E_jdoe_attempt_{OLD}_pooling.py", f"E_jdoe_attempt_{NEW}_Pooling (1).py"]

    intake = take(handed_out("export", names), pooling)

    assert found(intake) == {"jdoe": names[1]}
    assert left(intake) == {names[0]: f"belongs to an earlier attempt; {names[1]} is graded"}


def test_the_only_file_of_the_latest_attempt_is_taken(put, take, pooling, found):
    """Whatever else there was in earlier ones."""
    names = [f"E_jdoe_attempt_{OLD}_try.py", f"E_jdoe_attempt_{NEW}_final.py"]

    intake = take(put("export", names), pooling)

    assert found(intake) == {"jdoe": f"{names[1]} (the only file handed in)"}


@pytest.mark.parametrize("label", ["Name", "Nom ", "姓名"])
def test_the_text_tells_a_username_with_underscores(put, take, pooling, label):
    """From the name of a file alone, nobody could tell assignment and username apart."""
    start = f"Week_3_j_doe_attempt_{NEW}"
    files = {f"{start}.txt": text_of("Doe (Jane)", "j_doe", label), f"{start}_pooling.py": ""}

    intake = take(put("export", files), pooling)

    assert intake.students == (Student("j_doe", "Doe (Jane)", {"username": "j_doe"}),)


@pytest.mark.parametrize("text", [b"", b"\xff\xfe\x00", b"Name: Eve (root)\n"])
def test_a_text_that_tells_nothing_does_no_harm(put, take, pooling, text):
    """A student who hands in such a text can be nobody else by it."""
    start = f"Exercise 7_jdoe_attempt_{NEW}"

    intake = take(put("export", {f"{start}.txt": text, f"{start}_pooling.py": ""}), pooling)

    assert intake.students == (Student("jdoe", "", {"username": "jdoe"}),)


def test_one_text_with_the_name_is_enough(put, take, pooling):
    """Not every attempt has one, if somebody has tidied up."""
    files = {
        f"E_jdoe_attempt_{OLD}_pooling.py": "",
        f"E_jdoe_attempt_{NEW}.txt": text_of("Jane Doe", "jdoe"),
        f"E_jdoe_attempt_{NEW}_pooling.py": "",
    }

    assert [s.name for s in take(put("export", files), pooling).students] == ["Jane Doe"]


def test_an_attempt_without_a_file_is_a_student_without_one(put, take, pooling, found):
    """Blackboard writes a text for every attempt."""
    files = {f"E_jdoe_attempt_{NEW}.txt": text_of("Jane Doe", "jdoe")}

    assert found(take(put("export", files), pooling)) == {"jdoe": "no file handed in"}


def test_a_text_that_a_student_handed_in_is_told(put, take, pooling, left):
    """It has a file's name after the time, the platform's own has none."""
    files = [f"E_jdoe_attempt_{NEW}_pooling.py", f"E_jdoe_attempt_{NEW}_a.txt", "grades.csv"]

    intake = take(put("export", files), pooling)

    assert left(intake) == {
        f"E_jdoe_attempt_{NEW}_a.txt": "is no Python file",
        "grades.csv": "has no name that Blackboard gives",
    }
