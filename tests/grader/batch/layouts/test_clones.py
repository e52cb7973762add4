"""Clones: a login is what follows a prefix, and it may hold hyphens itself."""

import pytest

from grader.batch.model import Student


def keys(intake):
    """The logins that were found."""
    return [student.key for student in intake.students]


def test_github_classroom_names_the_folder_after_the_assignment(handed_out, take, pooling, found):
    """So the prefix is known, with one student too."""
    file = "week-3-submissions/week-3-jane-doe/src/pooling.py"

    intake = take(handed_out("given", [file]), pooling)

    assert intake.layout == "clones"
    assert intake.students == (Student("jane-doe", "", {"username": "jane-doe"}),)
    assert found(intake) == {"jane-doe": file}
    assert intake.handins[0].feedback == "jane-doe/feedback.html"


def test_the_folder_of_clones_may_be_given_itself(handed_out, take, pooling):
    """By its name, which is that of the archive, too."""
    files = ["week-3-ann/pooling.py", "week-3-week-3-bob/pooling.py"]

    assert keys(take(handed_out("week-3-submissions", files), pooling)) == ["ann", "week-3-bob"]


def test_a_student_is_one_over_several_assignments(put, take, pooling, padding):
    """Each assignment has a folder of clones."""
    files = ["a-submissions/a-ann/pooling.py", "b-submissions/b-ann/padding.py"]

    intake = take(put("given", files), pooling, padding)

    assert keys(intake) == ["ann"]
    assert [handin.origin for handin in intake.handins] == files


def test_repositories_side_by_side_have_a_prefix_in_common(handed_out, take, pooling):
    """As Classroom 50 names them: up to the last hyphen before logins differ, not into a login."""
    names = ["cs-week3-alan", "cs-week3-alice", "cs-week3-al-ice"]
    files = [f"{name}/{file}" for name in names for file in (".git/HEAD", "pooling.py")]

    assert keys(take(handed_out("given", files), pooling)) == ["al-ice", "alan", "alice"]


def test_the_name_of_an_exercise_ends_the_prefix(put, take, pooling):
    """Otherwise two logins that begin alike would be cut."""
    names = ["cs-exercise7-jane-doe", "cs-exercise7-jane-roe"]

    assert keys(take(put("given", [f"{n}/pooling.py" for n in names]), pooling)) == [
        "jane-doe",
        "jane-roe",
    ]


def test_the_name_of_the_folder_may_be_the_prefix(put, take, pooling):
    """Who clones into a folder of the assignment's name tells it that way."""
    files = [f"cs-w3-{n}/{f}" for n in ("a-b", "a-c") for f in (".git/HEAD", "pooling.py")]

    assert keys(take(put("cs-w3", files), pooling)) == ["a-b", "a-c"]


def test_one_repository_alone_keeps_its_whole_name(put, take, pooling):
    """What of it is the login, nobody can tell."""
    intake = take(put("given", ["cs-w3-ann/.git/HEAD", "cs-w3-ann/pooling.py"]), pooling)

    assert intake.students == (Student("cs-w3-ann"),)


def test_where_half_of_the_folders_are_repositories_names_are_whole(put, take, pooling):
    """Some students use git in the folder that they hand in."""
    intake = take(put("given", ["a-b/.git/HEAD", "a-b/pooling.py", "a-c/pooling.py"]), pooling)

    assert intake.layout == "folders"
    assert keys(intake) == ["a-b", "a-c"]


def test_in_a_clone_the_place_of_the_course_comes_first(handed_out, take, pooling, found, left):
    """A copy at the top may be anything; where the exercise lies is what was worked on."""
    clone = "w-submissions/w-ann/"
    place = f"{clone}exercises/exercise07_pooling/pooling.py"

    intake = take(handed_out("given", [place, f"{clone}pooling.py"]), pooling)

    assert found(intake) == {"ann": place}
    assert left(intake) == {f"{clone}pooling.py": f"is passed over; {place} is graded"}


def test_what_the_course_put_into_a_repository_is_not_left_over(put, take, pooling, found, left):
    """Lessons, settings, exercises that are not graded; a script of the student's is told."""
    clone = "w-submissions/w-ann/"
    files = [
        f"{clone}{file}"
        for file in (
            ".git/config", ".github/workflows/grade.yml", "README.md", "try.py",
            "exercises/exercise08_padding/padding.py", "exercises/exercise07_pooling/README.md",
        )
    ]  # fmt: skip

    intake = take(put("given", files), pooling)

    assert found(intake) == {"ann": "no pooling.py in the repository"}
    assert left(intake) == {f"{clone}try.py": "is named after no exercise that is graded"}


@pytest.mark.parametrize(("name", "told"), [("pooling.py", False), ("answer.py", True)])
def test_scripts_in_a_repository_matter_where_an_answer_is_missing(
    put, take, pooling, left, name, told
):
    """One of them may be it; otherwise a repository may hold whatever it likes."""
    clone = "w-submissions/w-ann"

    intake = take(put("given", [f"{clone}/{name}", f"{clone}/try.py"]), pooling)

    assert (f"{clone}/try.py" in left(intake)) == told


def test_what_is_no_clone_is_told(put, take, pooling, left):
    """In the folder of clones and beside it."""
    files = [
        "w-submissions/w-ann/pooling.py", "w-submissions/grades.csv",
        "w-submissions/other/pooling.py", "roster.csv",
    ]  # fmt: skip

    intake = take(put("given", files), pooling)

    inside = "is no clone whose name begins with w-"
    assert left(intake) == {
        "w-submissions/grades.csv": inside,
        "w-submissions/other": inside,
        "roster.csv": "is in no folder of clones",
    }


@pytest.mark.parametrize("name", ["week3-submissions", "submissions", "week3-"])
def test_a_folder_called_submissions_may_hold_students(put, take, pooling, name):
    """Without the prefix in it, the name says nothing."""
    intake = take(put(name, ["ann/pooling.py", "bob/pooling.py"]), pooling)

    assert intake.layout == "folders"
    assert keys(intake) == ["ann", "bob"]
