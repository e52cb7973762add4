"""Students × tasks."""

import pytest

from grader.batch.report import heatmap
from grader.batch.report.heatmap import shade
from grader.model import Status

PASSED, FAILED, SKIPPED = Status.PASSED, Status.FAILED, Status.SKIPPED


def nowhere(entry):
    """No report is linked."""
    return None


def texts(row):
    """What stands in the cells of a row, each with its width."""
    return [(cell.text, cell.columns) for cell in row.cells]


@pytest.fixture
def exercise(make):
    """One exercise of two tasks."""
    return make.exercise(tasks=("pool", "unpool"))


def test_row_has_the_exercise_and_then_its_tasks(make, exercise):
    """And the total over all exercises before them."""
    other = make.exercise(4, "other", tasks=("f",))
    entries = [
        make.graded("a", {"pool": [PASSED, FAILED], "unpool": [PASSED]}, exercise=exercise),
        make.graded("a", {"f": [PASSED]}, exercise=other),
    ]

    (row,) = heatmap.rows(entries, [exercise, other], nowhere)

    assert texts(row) == [("20", 1), ("10", 1), ("10", 1), ("10", 1), ("10", 1)]
    assert row.total.text == "30"


def test_every_row_is_as_wide_as_the_head(make, exercise):
    """Whatever became of a hand-in, and if there is none."""
    other = make.exercise(4, "other", tasks=("f", "g", "h"))
    entries = [
        make.graded("a", {"pool": [PASSED], "unpool": [SKIPPED]}, exercise=exercise),
        make.entry(make.student("b"), 0, exercise, error="line 3"),
        make.entry(make.student("c"), None, exercise),
        make.entry(make.student("c"), 0, other, error="line 3"),
    ]
    found = heatmap.rows(entries, [exercise, other], nowhere)

    assert [sum(cell.columns for cell in row.cells) for row in found] == [7, 7, 7]
    assert sum(c.columns for c in heatmap.averages(entries, [exercise, other])) == 7
    assert sum(c.columns for c in heatmap.averages([], [exercise, other])) == 7


def test_cells_say_why_there_are_no_points(make, exercise):
    """Nothing handed in, not importable, or a task that could not be checked here."""
    entries = [
        make.entry(make.student("a"), None, exercise),
        make.entry(make.student("b"), 0, exercise, error="line 3"),
        make.graded("c", {"pool": [PASSED], "unpool": [SKIPPED]}, exercise=exercise),
    ]
    nothing, broken, skipped = heatmap.rows(entries, [exercise], nowhere)

    assert texts(nothing) == [("nothing", 3)]
    assert texts(broken) == [("0", 1), ("cannot be imported", 2)]
    assert texts(skipped)[2] == ("–", 1)


def test_students_are_sorted_by_name_and_told_apart_by_key(make):
    """Upper and lower case are one alphabet."""
    names = {"k1": "zoe", "k2": "Ada", "k3": "ada", "k4": "Ada"}
    entries = [make.entry(make.student(key, name)) for key, name in names.items()]
    found = heatmap.rows(entries, [make.exercise()], nowhere)

    assert [row.student.key for row in found] == ["k2", "k3", "k4", "k1"]
    assert [row.is_ambiguous for row in found] == [True, False, True, False]
    assert len({row.anchor for row in found}) == 4


def test_score_is_linked_to_its_report_and_the_name_to_the_first(make):
    """A student without a report is no link."""
    first, second = make.exercise(1, "one"), make.exercise(2, "two")
    entries = [
        make.entry(make.student("a"), None, first),
        make.entry(make.student("a"), 50, second),
        make.entry(make.student("b"), None, first),
    ]

    def address(entry):
        return f"{entry.handin.stem}.html" if entry.report else None

    a, b = heatmap.rows(entries, [first, second], address)

    assert a.href == a.cells[1].href == "exercise02_two.html"
    assert b.href is None


def test_averages_are_of_those_who_handed_in(make, exercise):
    """Of the exercise, then of each task; shaded by the share of what could be had."""
    entries = [
        make.graded("a", {"pool": [PASSED], "unpool": [PASSED]}, exercise=exercise),
        make.graded("b", {"pool": [PASSED], "unpool": [FAILED]}, exercise=exercise),
        make.graded("c", {"pool": [PASSED], "unpool": [FAILED]}, exercise=exercise),
        make.entry(make.student("d"), None, exercise),
    ]

    assert [(c.text, c.look.split()[0]) for c in heatmap.averages(entries, [exercise])] == [
        ("13.3", "d6"), ("10", "d4"), ("3.3", "d7"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("score", "possible", "look"),
    [
        (0, 0, "none"), (100, 100, "d4"), (99, 100, "d5"), (67, 100, "d5"), (66, 100, "d6"),
        (34, 100, "d6"), (33, 100, "d7"), (1, 100, "d7"), (0, 100, "d8"), (1, 1, "d4"),
    ],
)  # fmt: skip
def test_shade_is_stronger_the_more_is_missing(score, possible, look):
    """All and nothing have a shade of their own."""
    assert shade(score, possible) == look
