"""Gradescope: who handed in what is written in a YAML file with Ruby's symbols for keys."""

import pytest

from grader.batch.model import Student
from grader.errors import UsageError

METADATA = """---
submission_1:
  :submitters:
  - :name: Jane Doe
    :sid: 0123
    :email: jane@x.edu
  - :name: Ann Roe
    :sid:
    :email: ann@x.edu
  :created_at: 2026-03-01 12:30:00.000000000 Z
  :score: 1.0
  :results: !ruby/hash:ActionController::Parameters
    tests: []
  :history: []
submission_2:
  :submitters:
  - :name: Joe Poe
    :sid: '77'
    :email: joe@x.edu
  :created_at: 2026-03-01 12:30:00.000000000 Z
"""


def test_every_member_of_a_group_gets_the_result(handed_out, take, pooling, found):
    """A student number keeps its zeros; without one, the address tells people apart."""
    files = {
        "assignment_9_export/submission_metadata.yml": METADATA,
        "assignment_9_export/submission_1/pooling.py": "x = 1\n",
        "assignment_9_export/submission_2/pooling.py": "x = 2\n",
    }

    intake = take(handed_out("export", files), pooling)

    assert intake.layout == "Gradescope"
    assert intake.students == (
        Student("0123", "Jane Doe", {"sid": "0123", "email": "jane@x.edu"}),
        Student("77", "Joe Poe", {"sid": "77", "email": "joe@x.edu"}),
        Student("ann@x.edu", "Ann Roe", {"email": "ann@x.edu"}),
    )
    one, two = (f"assignment_9_export/submission_{n}/pooling.py" for n in (1, 2))
    assert found(intake) == {"0123": one, "ann@x.edu": one, "77": two}
    assert intake.handins[0].file == intake.handins[2].file
    assert intake.unmatched == ()


def test_feedback_has_a_folder_for_each_student(put, take, pooling):
    """Gradescope takes no files back; a folder by the name of the student will do."""
    files = {"submission_metadata.yml": METADATA, "submission_1/pooling.py": ""}

    feedback = [handin.feedback for handin in take(put("export", files), pooling).handins]

    assert feedback == ["0123/feedback.html", "77/feedback.html", "ann@x.edu/feedback.html"]


def test_results_may_be_nested_and_many(put, take, pooling, found):
    """Depth is counted, not the number of lists."""
    many = "\n".join(f"  :x{n}: [[[{n}]]]" for n in range(200))
    files = {"submission_metadata.yml": f"{METADATA}{many}\n", "submission_2/pooling.py": ""}

    assert found(take(put("export", files), pooling))["77"] == "submission_2/pooling.py"


def test_folders_and_metadata_need_not_agree(put, take, pooling, found, left):
    """Who has no folder has no file; a folder that is nobody's is told."""
    files = {
        "submission_metadata.yml": METADATA,
        "submission_1/pooling.py": "",
        "submission_3/pooling.py": "",
        "notes.txt": "",
    }

    intake = take(put("export", files), pooling)

    assert found(intake)["77"] == "no file handed in"
    why = "is not named in submission_metadata.yml"
    assert left(intake) == {"notes.txt": why, "submission_3": why}


def test_of_two_submissions_the_later_counts(put, take, pooling, found):
    """A member of two groups has handed in twice."""
    later = METADATA.replace("Joe Poe", "Jane Doe").replace("'77'", "'0123'")
    later = later.replace("03-01", "03-02", 1)
    files = {
        "submission_metadata.yml": later,
        "submission_1/pooling.py": "",
        "submission_2/pooling.py": "",
    }

    assert found(take(put("export", files), pooling))["0123"] == "submission_1/pooling.py"


@pytest.mark.parametrize(
    ("metadata", "sentence"),
    [
        ("a: [", "is not the YAML of an export"),
        ("a: 1\n", "names no :submitters"),
        ("", "names no :submitters"),
        (b"\xff\xff", "is not the YAML of an export"),
        ("[" * 100_000, "is nested too deeply"),
        ("&a [*a]", "names no :submitters"),
        ("s: {':submitters': [1, {':name': [2]}]}", "names no :submitters"),
    ],
)
def test_metadata_that_cannot_be_used_is_the_teachers_to_mend(
    put, take, pooling, metadata, sentence
):
    """Nobody could be graded, so nothing is."""
    folder = put("export", {"submission_metadata.yml": metadata, "submission_1/pooling.py": ""})

    with pytest.raises(UsageError, match=sentence) as caught:
        take(folder, pooling)

    assert str(caught.value).endswith("Export the submissions again.")
