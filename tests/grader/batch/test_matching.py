"""Which file answers which exercise: the best name, then the shallowest place."""

import pytest

from grader.batch.contents import Content
from grader.batch.layouts.delivery import Delivery
from grader.batch.matching import Fit, candidates, names_another
from grader.batch.model import Student
from grader.batch.tree import File, Folder


def contents(*paths, **delivery):
    """The files of one delivery."""
    whole = Delivery((Student("ada"),), Folder(), **delivery)
    return [
        Content(whole, tuple(path.split("/")), File(path.split("/")[-1], None, path))
        for path in paths
    ]


def ranked(given, *exercises):
    """Where the candidates lie, the best first, with what makes them one."""
    return [(c.content.file.origin, c.fit) for c in candidates(given, exercises)]


def test_names_are_ranked_from_exact_to_alike(pooling):
    """Whatever the order in which they come."""
    given = contents("exercise7.py", "pooling.ipynb", "a/b/pooling.py", "Pooling.PY", "other.py")

    assert ranked(given, pooling) == [
        ("a/b/pooling.py", Fit.EXACT),
        ("pooling.ipynb", Fit.NOTEBOOK),
        ("Pooling.PY", Fit.ALIKE),
        ("exercise7.py", Fit.ALIKE),
    ]


def test_of_exact_names_the_shallowest_comes_first(pooling):
    """What lies deeper is a copy, or was there before."""
    given = contents("old/x/pooling.py", "a/pooling.py", "z.zip/pooling.py")

    assert [origin for origin, _ in ranked(given, pooling)] == [
        "a/pooling.py",
        "z.zip/pooling.py",
        "old/x/pooling.py",
    ]


def test_copies_are_ranked_by_their_number(pooling):
    """Below the original, unless the platform numbers what comes in."""
    paths = ["pooling (2).py", "pooling-10.py", "pooling.py"]

    assert [origin for origin, _ in ranked(contents(*paths), pooling)] == [
        "pooling.py",
        "pooling-10.py",
        "pooling (2).py",
    ]
    assert [origin for origin, _ in ranked(contents(*paths, numbered=True), pooling)] == [
        "pooling-10.py",
        "pooling.py",
        "pooling (2).py",
    ]


def test_the_latest_attempt_comes_first(pooling):
    """Before any name."""
    given = contents("pooling.py", attempt="1") + contents("new/Pooling.py", attempt="2")

    assert [origin for origin, _ in ranked(given, pooling)] == ["new/Pooling.py", "pooling.py"]


@pytest.mark.parametrize("is_clone", [True, False])
def test_only_in_a_clone_the_place_of_the_course_is_better(pooling, is_clone):
    """Elsewhere, a workspace that comes along may be as it was received."""
    place = "exercises/exercise07_pooling/pooling.py"
    given = contents("pooling.py", place, is_clone=is_clone)

    assert ranked(given, pooling)[0] == (
        (place, Fit.IN_WORKSPACE) if is_clone else ("pooling.py", Fit.EXACT)
    )


@pytest.mark.parametrize("folder", ["exercise7", "pooling", "exercise07_pooling", "exercise7.zip"])
def test_the_only_file_in_a_folder_of_an_exercise_answers_it(pooling, padding, folder):
    """An archive is a folder of its name."""
    given = contents(f"{folder}/src/answer.py", f"{folder}/plot.png", "exercise8/a.py")

    assert ranked(given, pooling, padding) == [
        ("exercise8/a.py", Fit.IN_FOLDER),
        (f"{folder}/src/answer.py", Fit.IN_FOLDER),
    ]


def test_of_several_files_in_such_a_folder_only_one_that_is_named_counts(pooling, padding):
    """Which of the others it might be, nobody can tell."""
    given = contents("exercise7/a.py", "exercise7/b.py", "exercise8/padding.py", "exercise8/b.py")

    assert ranked(given, pooling, padding) == [
        ("exercise8/padding.py", Fit.EXACT),
        ("exercise8/b.py", Fit.IN_FOLDER),
    ]


def test_the_name_of_a_file_says_more_than_that_of_its_folder(pooling, padding):
    """It may have been put there by mistake."""
    found = candidates(contents("exercise8/pooling.py"), [pooling, padding])

    assert [candidate.exercise for candidate in found] == [pooling]


def test_the_only_file_answers_the_only_exercise(pooling, padding):
    """If one exercise is graded, and one file of code is there."""
    given = contents("mine.py", "report.pdf")

    assert ranked(given, pooling) == [("mine.py", Fit.NOT_NAMED)]
    assert candidates(given, [pooling])[0].origin == "mine.py (the only file handed in)"
    assert ranked(given, pooling, padding) == []
    assert ranked(contents("mine.py", "yours.ipynb"), pooling) == []


@pytest.mark.parametrize("path", ["exercise3.py", "exercise03_x/x.py", "Exercise 3/a.ipynb"])
def test_an_answer_to_another_exercise_answers_none(pooling, path):
    """Though it is the only file."""
    assert ranked(contents(path), pooling) == []
    assert names_another(tuple(path.split("/")), [pooling])


def test_ties_are_broken_by_the_path(pooling):
    """The same folder gives the same result tomorrow."""
    assert [origin for origin, _ in ranked(contents("b/pooling.py", "a/pooling.py"), pooling)] == [
        "a/pooling.py",
        "b/pooling.py",
    ]
