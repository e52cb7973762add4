"""Moodle: old and new names, folders on and off, blind marking and groups."""

import pytest

from grader.batch.model import Student


@pytest.mark.parametrize("end", ["", "_"], ids=["since 4.1", "before 4.1"])
def test_a_folder_is_a_student(handed_out, take, pooling, found, end):
    """The name is for people, the number is the participant's; feedback goes to the same folder."""
    folder = f"Jörg van Dijk_123_assignsubmission_file{end}"

    intake = take(handed_out("export", [f"{folder}/sub/pooling.py"]), pooling)

    assert intake.layout == "Moodle"
    assert intake.students == (Student("Jörg_van_Dijk_123", "Jörg van Dijk", {"moodle": "123"}),)
    assert found(intake) == {"Jörg_van_Dijk_123": f"{folder}/sub/pooling.py"}
    assert intake.handins[0].feedback == f"{folder}/feedback.html"


def test_without_folders_the_name_is_a_prefix(handed_out, take, pooling, found, left):
    """What follows the prefix is the name that the student gave."""
    prefix = "Jane Doe_12_assignsubmission_file_"
    files = [f"{prefix}pooling.py", f"{prefix}my_notes_2.txt"]

    intake = take(handed_out("export", files), pooling)

    assert intake.students == (Student("Jane_Doe_12", "Jane Doe", {"moodle": "12"}),)
    assert found(intake) == {"Jane_Doe_12": files[0]}
    assert intake.handins[0].feedback == f"{prefix}feedback.html"
    assert left(intake) == {files[1]: "is no Python file"}


@pytest.mark.parametrize("end", ["", "_"])
def test_text_typed_online_is_told(put, take, pooling, found, left, end):
    """Its author is a student; feedback still goes where Moodle looks for files."""
    typed = f"Ann Roe_34_assignsubmission_onlinetext{end}"
    file = f"Jane Doe_12_assignsubmission_file{end}/pooling.py"
    both = f"Jane Doe_12_assignsubmission_onlinetext{end}"
    files = [f"{typed}/onlinetext.html", f"{both}/onlinetext.html", file]

    intake = take(put("export", files), pooling)

    assert found(intake) == {"Ann_Roe_34": "no file handed in", "Jane_Doe_12": file}
    why = "was typed into the page, or is a comment; there is no file to grade"
    assert left(intake) == {typed: why, both: why}
    assert intake.handins[0].feedback == f"Ann Roe_34_assignsubmission_file{end}/feedback.html"


def test_text_typed_online_is_told_without_folders_too(put, take, pooling, found, left):
    """The plugin stands in the name of the file."""
    file = "Ann Roe_34_assignsubmission_onlinetext_pooling.py"

    intake = take(put("export", [file]), pooling)

    assert found(intake) == {"Ann_Roe_34": "no file handed in"}
    assert list(left(intake)) == [file]


def test_people_of_one_name_are_told_apart(put, take, pooling):
    """Blind marking calls everybody the same, in the language of the site."""
    files = [f"Teilnehmer_{n}_assignsubmission_file/pooling.py" for n in (7, 8)]

    intake = take(put("export", files), pooling)

    assert [(s.key, s.name) for s in intake.students] == [
        ("Teilnehmer_7", "Teilnehmer 7"),
        ("Teilnehmer_8", "Teilnehmer 8"),
    ]


def test_one_person_in_two_folders_is_one(put, take, pooling):
    """Files and typed text of a person stand side by side; that makes no namesake."""
    files = [
        "Jane Doe_12_assignsubmission_file/pooling.py",
        "Jane Doe_12_assignsubmission_onlinetext/onlinetext.html",
    ]

    assert [s.name for s in take(put("export", files), pooling).students] == ["Jane Doe"]


def test_a_group_has_its_own_number_or_none(put, take, pooling):
    """Those in no group hand in as one that has no number."""
    files = [
        "Group A_5_assignsubmission_file/pooling.py",
        "Default group_assignsubmission_file/pooling.py",
    ]

    intake = take(put("export", files), pooling)

    assert intake.students == (
        Student("Default_group", "Default group", {}),
        Student("Group_A_5", "Group A", {"moodle": "5"}),
    )


def test_what_moodle_did_not_name_is_told(put, take, pooling, left):
    """One name of Moodle's is enough to know it."""
    files = ["Jane Doe_12_assignsubmission_file/pooling.py", "a.py", "b/c.py", "d/e.py"]

    intake = take(put("export", files), pooling)

    assert intake.layout == "Moodle"
    assert left(intake) == dict.fromkeys(["a.py", "b", "d"], "has no name that Moodle gives")
