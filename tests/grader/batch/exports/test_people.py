"""Which row is which student: never a guess."""

import pytest

from grader.batch.exports.people import match
from grader.batch.exports.sheet import Person, Sheet


def sheet(*people: tuple[str, dict[str, str]], decisive: str = "") -> Sheet:
    """A sheet with rows of these names and ids."""
    return Sheet("", (), tuple(Person(n + 1, *p) for n, p in enumerate(people)), decisive)


def rows(matching) -> dict[str, int]:
    """The row of each student that has one."""
    return {key: person.row for key, person in matching.rows.items()}


@pytest.mark.parametrize("kind", ["canvas", "moodle", "sid", "username", "email"])
def test_an_id_is_enough(make, kind):
    """Names that differ, and names that are the same, do not matter then."""
    export = sheet(("Ada King", {kind: "7"}), ("Ada Lovelace", {kind: "8"}))

    assert rows(match([make.student("x", "Ada Lovelace", **{kind: "7"})], export)) == {"x": 1}


def test_the_surer_id_decides(make):
    export = sheet(("A", {"canvas": "1", "email": "b@x"}), ("B", {"canvas": "2", "email": "a@x"}))

    assert rows(match([make.student("a", canvas="1", email="a@x")], export)) == {"a": 1}


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("Ada Lovelace", "Lovelace, Ada"),
        ("Lovelace, Ada", "Ada Lovelace"),
        ("ada  LOVELACE", "Ada Lovelace"),
        ("Zoe\u0308", "Zoë"),
    ],
)
def test_a_name_may_be_written_in_several_ways(make, ours, theirs):
    assert rows(match([make.student("x", ours)], sheet((theirs, {})))) == {"x": 1}


@pytest.mark.parametrize("theirs", ["Ada", "Ada M. Lovelace", "Adá Lovelace", "Lovelace Ada", ""])
def test_a_name_that_is_only_alike_is_somebody_else(make, theirs):
    matching = match([make.student("x", "Ada Lovelace")], sheet((theirs, {})))

    assert (matching.rows, [s.key for s in matching.missing]) == ({}, ["x"])


def test_the_name_of_a_folder_is_a_login_or_a_name(make):
    export = sheet(("Ada Lovelace", {"username": "alove"}), ("Bo Li", {"username": "bli"}))
    students = [make.student("ALOVE", ""), make.student("Bo Li", "")]

    assert rows(match(students, export)) == {"ALOVE": 1, "Bo Li": 2}


def test_the_name_of_a_folder_is_no_login_where_the_login_is_known(make):
    """A key is made by us, so it may be the login of somebody else."""
    student = make.student("ada", "Ada Lovelace", username="alove")

    assert rows(match([student], sheet(("Ada Byron", {"username": "ada"})))) == {}


def test_a_name_that_fits_two_rows_is_ambiguous(make):
    matching = match([make.student("x", "Max Li")], sheet(("Max Li", {}), ("Li, Max", {})))

    assert (matching.rows, [s.key for s in matching.ambiguous]) == ({}, ["x"])
    assert matching.missing == ()


def test_a_name_stays_ambiguous_when_one_of_the_rows_is_taken(make):
    """What is left over is likely, not certain."""
    export = sheet(("Max Li", {"canvas": "1"}), ("Max Li", {"canvas": ""}))
    students = [make.student("a", "Max Li", canvas="1"), make.student("b", "Max Li")]

    matching = match(students, export)

    assert rows(matching) == {"a": 1}
    assert [student.key for student in matching.ambiguous] == ["b"]


def test_two_students_whom_one_row_fits_are_ambiguous(make):
    students = [make.student("a", "Max Li"), make.student("b", "Max Li")]

    matching = match(students, sheet(("Max Li", {})))

    assert (matching.rows, [s.key for s in matching.ambiguous]) == ({}, ["a", "b"])


def test_a_row_that_an_id_has_taken_goes_to_nobody_else(make):
    students = [make.student("b", "Max Li"), make.student("a", "Max Li", email="m@x")]

    matching = match(students, sheet(("Max Li", {"email": "m@x"})))

    assert rows(matching) == {"a": 1}
    assert [student.key for student in matching.missing] == ["b"]


def test_the_same_name_under_another_number_is_somebody_else(make):
    """Who left the course does not give the points to a namesake."""
    export = sheet(("Max Li", {"canvas": "2"}), decisive="canvas")

    matching = match([make.student("x", "Max Li", canvas="1")], export)

    assert (matching.rows, [s.key for s in matching.missing]) == ({}, ["x"])


def test_the_same_name_without_a_number_may_be_the_same(make):
    export = sheet(("Max Li", {"canvas": ""}), decisive="canvas")

    assert rows(match([make.student("x", "Max Li", canvas="1")], export)) == {"x": 1}


def test_empty_cells_are_nobody(make):
    matching = match([make.student("", "", email="")], sheet(("", {"email": ""})))

    assert matching.rows == {}
