"""The gradebook as CSV: what a teacher opens in a spreadsheet program."""

import csv
import io

import pytest

from grader.batch import gradebook


@pytest.fixture
def written(tmp_path):
    """Writes a gradebook and reads it back: a list of cells a row."""

    def write(entries, exercises):
        path = tmp_path / "gradebook.csv"
        gradebook.write(entries, exercises, path)
        return list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))

    return write


def test_a_row_a_student_a_column_an_exercise(written, make):
    """Students are sorted by key, whatever the order of the grading."""
    first, second = make.exercise(1, "corr2d"), make.exercise(2, "padding")
    zoe, ada = make.student("zoe", "Zoë, Q."), make.student("ada", "Ada Lovelace")
    entries = [
        make.entry(zoe, 100, first), make.entry(ada, 7, second),
        make.entry(zoe, 30, second), make.entry(ada, 50, first),
    ]  # fmt: skip

    assert written(entries, [first, second]) == [
        ["student", "name", "exercise1", "exercise2", "total", "note"],
        ["ada", "Ada Lovelace", "50", "7", "57", ""],
        ["zoe", "Zoë, Q.", "100", "30", "130", ""],
    ]


def test_a_student_without_a_file_has_0_and_the_word_why(written, make):
    entry = make.entry(make.student(), None, why="no file called max_unpool.py")

    assert written([entry], [make.exercise()])[1][2:] == [
        "0", "0", "exercise3: no file called max_unpool.py",
    ]  # fmt: skip


def test_an_exercise_of_which_nothing_was_found_has_0_and_says_so(written, make):
    other = make.exercise(4, "layers")
    entry = make.entry(make.student(), 80)

    row = written([entry], [make.exercise(), other])[1]

    assert row[2:] == ["80", "0", "80", "exercise4: nothing handed in"]


def test_lateness_and_what_cannot_be_imported_are_noted_in_short(written, make):
    entries = [
        make.entry(make.student("a"), 80, late=True),
        make.entry(make.student("b"), 0, error="SyntaxError: bad\n  line 2 of " + "x" * 500),
    ]

    late, broken = written(entries, [make.exercise()])[1:]

    assert late[-1] == "exercise3: late"
    assert broken[-1].startswith("exercise3: cannot be imported: SyntaxError: bad line 2 of xx")
    assert len(broken[-1]) < 120


@pytest.mark.parametrize(
    "name",
    [
        "=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1",
        "x;=1+1", "x; @A1", "\x1b[1m=1", "\u200b=1",
    ],
)  # fmt: skip
def test_no_cell_is_a_formula(tmp_path, make, name):
    """Students choose their names; a spreadsheet program would run what they write."""
    path = tmp_path / "gradebook.csv"
    entry = make.entry(make.student(name, name), None, why=name)

    gradebook.write([entry], [make.exercise()], path)

    text = path.read_text("utf-8-sig")
    for delimiter in ",;":
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            assert not [cell for cell in row if cell.lstrip().startswith(tuple("=+-@\t\r"))]
    assert len(text.splitlines()) == 2


def test_a_spreadsheet_program_is_told_that_it_is_utf_8(tmp_path, make):
    path = tmp_path / "gradebook.csv"

    gradebook.write([make.entry(make.student(name="Jürgen Groß"))], [make.exercise()], path)

    assert path.read_bytes().startswith(b"\xef\xbb\xbfstudent,name,")
    assert "Jürgen Groß".encode() in path.read_bytes()


def test_the_same_grades_are_the_same_bytes(tmp_path, make):
    entries = [make.entry(make.student(key), score) for key, score in (("b", 1), ("a", 2))]

    for name, order in (("one", entries), ("two", entries[::-1])):
        gradebook.write(order, [make.exercise()], tmp_path / name)

    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()
