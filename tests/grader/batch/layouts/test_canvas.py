"""Canvas: names say whose a file is, whether it is late, and which upload it was."""

import pytest

from grader.batch.model import Student


def test_a_student_is_told_by_the_number(handed_out, take, pooling, found):
    """Two students may have one name; whatever a file is called, the number is before it."""
    names = ["doejane_12_900_pooling.py", "doejane_34_901_pooling.py"]

    intake = take(handed_out("export", names), pooling)

    assert intake.layout == "Canvas"
    assert intake.students == (
        Student("doejane_12", "doejane", {"canvas": "12"}),
        Student("doejane_34", "doejane", {"canvas": "34"}),
    )
    assert found(intake) == {"doejane_12": names[0], "doejane_34": names[1]}
    assert intake.unmatched == ()


def test_a_file_is_late_and_graded_all_the_same(handed_out, take, pooling):
    """The mark stands between name and number, or before an anonymous one."""
    names = [
        "doejane_LATE_12_900_pooling.py",
        "roeann_34_901_pooling.py",
        "LATE_anon_x7Gh2_902_pooling.py",
    ]

    intake = take(handed_out("export", names), pooling)

    assert {h.student.key: (h.late, h.file is not None) for h in intake.handins} == {
        "doejane_12": (True, True),
        "roeann_34": (False, True),
        "anon_x7Gh2": (True, True),
    }


@pytest.mark.parametrize("number", ["x7Gh2", "12345"])
def test_an_anonymous_student_has_no_canvas_number(put, take, pooling, number):
    """What stands where the number would be belongs to this assignment only."""
    intake = take(put("export", [f"anon_{number}_902_pooling.py"]), pooling)

    assert intake.students == (Student(f"anon_{number}", "", {"anonymous": number}),)


@pytest.mark.parametrize(
    ("names", "latest"),
    [
        (["pooling.py", "pooling-1.py", "pooling-2.py"], "pooling-2.py"),
        (["pooling-9.py", "pooling-10.py"], "pooling-10.py"),
        (["pooling.py", "Pooling-3.py"], "pooling.py"),
    ],
    ids=["numbers", "not by letters", "an exact name first"],
)
def test_the_newest_upload_of_a_name_counts(put, take, pooling, found, left, names, latest):
    """Canvas counts uploads of the same name; the older ones are told, not lost."""
    files = [f"doejane_12_{900 + number}_{name}" for number, name in enumerate(names)]

    intake = take(put("export", files), pooling)

    taken = next(file for file in files if file.endswith(f"_{latest}"))
    assert found(intake) == {"doejane_12": taken}
    assert left(intake) == {
        file: f"is passed over; {taken} is graded" for file in files if file != taken
    }


def test_the_attachment_tells_which_of_two_alike_came_later(put, take, pooling, found):
    """Two attachments of one name have numbers that grow."""
    files = ["doejane_12_1000_pooling.py", "doejane_12_999_pooling.py"]

    assert found(take(put("export", files), pooling)) == {"doejane_12": files[0]}


def test_several_files_of_one_student_are_one_submission(put, take, pooling, padding):
    """Each answers the exercise that it is named after."""
    files = ["doejane_12_900_pooling.py", "doejane_12_901_padding.py", "doejane_12_902_plot.png"]

    intake = take(put("export", files), pooling, padding)

    assert [(h.stem, h.origin) for h in intake.handins] == [
        ("exercise07_pooling", files[0]),
        ("exercise08_padding", files[1]),
    ]


def test_what_was_typed_into_the_page_is_told(put, take, pooling, found, left):
    """Its author is a student without a file, and Canvas takes no file back by that name."""
    files = ["doejane_LATE_12_text.html", "roeann_34_link.html", "poejoe_56_900_pooling.py"]

    intake = take(put("export", files), pooling)

    assert found(intake) == {
        "doejane_12": "no file handed in",
        "roeann_34": "no file handed in",
        "poejoe_56": files[2],
    }
    typed = "was typed into the page; there is no file to grade"
    assert left(intake) == {files[0]: typed, files[1]: typed}
    assert {h.student.key: h.feedback for h in intake.handins}["doejane_12"] == ""


def test_feedback_has_the_name_of_what_was_submitted(put, take, pooling, packed):
    """Canvas matches by the two numbers, so the ending is free; an archive is one attachment."""
    archive = packed({"work/pooling.py": "x = 1\n"})
    files = {"doejane_12_900_pooling-1.py": b"", "roeann_34_901_all.zip": archive}

    intake = take(put("export", files), pooling)

    assert [handin.feedback for handin in intake.handins] == [
        "doejane_12_900_pooling-1.py.html",
        "roeann_34_901_all.zip.html",
    ]
    assert intake.handins[1].origin == "roeann_34_901_all.zip/work/pooling.py"


def test_an_unpacked_attachment_is_still_one(put, take, pooling, found):
    """Some unpack what is in the folder before they hand it on."""
    files = ["doejane_12_900_work/src/pooling.py", "roeann_34_901_pooling.py"]

    assert found(take(put("export", files), pooling)) == {
        "doejane_12": files[0],
        "roeann_34": files[1],
    }


def test_a_stray_file_does_not_hide_canvas(put, take, pooling, left):
    """More than half of the names decide."""
    files = ["doejane_12_900_pooling.py", "roeann_34_901_pooling.py", "notes.txt"]

    intake = take(put("export", files), pooling)

    assert intake.layout == "Canvas"
    assert left(intake) == {"notes.txt": "has no name that Canvas gives"}


def test_a_name_of_that_kind_among_many_others_does_not_make_it_canvas(put, take, pooling):
    """A student may call a folder anything."""
    intake = take(put("given", ["a_1_2_b/pooling.py", "ada/pooling.py"]), pooling)

    assert intake.layout == "folders"
