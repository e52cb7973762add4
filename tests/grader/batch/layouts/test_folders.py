"""Any tree: one folder, one archive, or one file is one student."""

import pytest

from grader.batch import journal
from grader.batch.layouts import folders
from grader.errors import UsageError


def test_a_folder_is_a_student(handed_out, take, pooling, found):
    """The file may lie at any depth; an empty folder is a student without a file."""
    files = {"ada/pooling.py": "", "Zoë/a/b/c/pooling.py": "", "bob/": "", "eve/notes.txt": ""}

    intake = take(handed_out("class", files), pooling)

    assert intake.layout == "folders"
    assert found(intake) == {
        "Zoë": "Zoë/a/b/c/pooling.py",
        "ada": "ada/pooling.py",
        "bob": "no file handed in",
        "eve": "no pooling.py handed in, but notes.txt",
    }
    assert [h.feedback for h in intake.handins][1] == "ada/feedback.html"


def test_a_file_is_a_student_where_one_exercise_is_graded(
    handed_out, take, pooling, notebook, found
):
    """The file is called after the student, and so nothing about its name is odd."""
    files = {"ada.PY": "", "bob.ipynb": notebook("def pool(x): return x")}

    assert found(take(handed_out("class", files), pooling)) == {
        "ada": "ada.PY",
        "bob": "bob.ipynb",
    }


def test_an_archive_is_a_student(put, take, pooling, padding, packed, found):
    """It may hold several exercises; with a folder of the same name, it is the same student."""
    both = packed({"pooling.py": "", "padding.py": ""})
    files = {"ada.zip": both, "bob.zip": packed({"pooling.py": ""}), "bob/padding.py": ""}

    intake = take(put("class", files), pooling, padding)

    assert [handin.origin for handin in intake.handins] == [
        "ada.zip/pooling.py",
        "ada.zip/padding.py",
        "bob.zip/pooling.py",
        "bob/padding.py",
    ]


def test_files_that_are_no_students_are_told(put, take, pooling, padding, left):
    """With what to do about it."""
    files = ["ada/pooling.py", "eve.py", "padding.py", "roster.csv", ".github/a.yml", "r/x.json"]

    intake = take(put("class", [*files, f"r/{folders.RESULTS}"]), pooling, padding)

    assert left(intake) == {
        "eve.py": "is a student's, perhaps, but of which exercise? Name it with --exercise",
        "padding.py": "is named after an exercise; put it into a folder named after its student",
        "roster.csv": "is in no student's folder",
        ".github": "is a hidden folder, not a student's",
        "r": "holds the results of a batch",
    }


def test_results_are_known_by_the_journal():
    """The name is the journal's."""
    assert folders.RESULTS == journal.FILE_NAME


@pytest.mark.parametrize("name", ["exercise07_pooling", "exercise7", "pooling", "Exercise-12"])
def test_folders_of_exercises_are_not_taken_for_students(put, take, pooling, padding, name):
    """Somebody has sorted by exercise; the folder of one exercise is what can be graded."""
    folder = put("class", [f"{name}/ada/pooling.py", f"{name}/bob/pooling.py", "padding/ada/a.py"])

    with pytest.raises(UsageError, match="is named after an exercise, not after a student"):
        take(folder, pooling, padding)
    assert [s.key for s in take(folder / name, pooling).students] == ["ada", "bob"]


@pytest.mark.parametrize(
    ("files", "students"),
    [
        pytest.param(["w/ada/pooling.py", "w/bob/pooling.py"], ["ada", "bob"], id="wrapped"),
        pytest.param(["v/w/ada/a.py", "v/w/bob/a.py"], ["ada", "bob"], id="wrapped twice"),
        pytest.param(["w/ada.py", "w/bob.py"], ["ada", "bob"], id="wrapped files"),
        pytest.param(["ada/pooling.py"], ["ada"], id="one student"),
        pytest.param(["ada/work/pooling.py"], ["ada"], id="one student, deeper"),
        pytest.param(["ada/work/answer.py"], ["ada"], id="one student, one file, deeper"),
        pytest.param(["ada/pooling.py", "ada/a.py"], ["ada"], id="one student, two files"),
        pytest.param(["ada/exercises/e/pooling.py", "ada/x/y.py"], ["ada"], id="one workspace"),
        pytest.param(
            ["ada/exercises/exercise01_a/a.py", "ada/exercises/exercise02_b/b.py"],
            ["ada"],
            id="other exercises",
        ),
        pytest.param(["ada/pooling/a.py", "ada/padding/a.py"], ["ada"], id="folders of exercises"),
    ],
)
def test_a_folder_around_all_others_is_no_student(handed_out, take, pooling, files, students):
    """Archives often hold everything in one more folder."""
    assert [s.key for s in take(handed_out("class", files), pooling).students] == students
