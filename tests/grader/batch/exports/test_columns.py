"""Which column is which exercise: exactly one, or a sentence."""

from decimal import Decimal

import pytest

from grader.batch.exports.columns import choose
from grader.batch.exports.sheet import Column, Sheet
from grader.errors import UsageError


def sheet(*titles: str, maximum: str = "100", single: bool = False) -> Sheet:
    """A sheet with columns of these titles."""
    columns = (
        Column(index, f"{title} (8{index})", (title,), Decimal(maximum))
        for index, title in enumerate(titles)
    )
    return Sheet("Canvas", tuple(columns), (), single=single)


@pytest.mark.parametrize(
    "title",
    [
        "exercise03_max_unpool", "exercise3", "max_unpool", "Pooling and its inverse",
        "EXERCISE3", "Exercise 3", "Max-Unpool", "pooling  and its INVERSE ",
    ],
)  # fmt: skip
def test_a_column_is_found_by_stem_id_slug_or_title(make, title):
    chosen = choose(sheet("exercise30", "Pooling", title), [make.exercise()])

    assert chosen["exercise03_max_unpool"].index == 2


@pytest.mark.parametrize("title", ["exercise30", "Exercise 3b", "3", "pool", "unpool", ""])
def test_a_column_that_is_only_like_an_exercise_is_none_of_it(make, title):
    with pytest.raises(UsageError, match="none of its columns is exercise3"):
        choose(sheet(title), [make.exercise()])


def test_without_a_column_the_sentence_names_those_there_are(make):
    with pytest.raises(UsageError) as error:
        choose(sheet("Quiz", "Essay\x1b[2J"), [make.exercise()])

    assert str(error.value) == (
        "none of its columns is exercise3. There are: 'Quiz (80)', 'Essay (81)'. Rename the one "
        "that is meant to exercise3, max_unpool or 'Pooling and its inverse' in Canvas and export "
        "again, or choose other exercises with --exercise"
    )


def test_an_export_without_assignments_says_so(make):
    with pytest.raises(UsageError, match="It has no column that takes points"):
        choose(sheet(), [make.exercise()])


def test_a_hundred_columns_do_not_fill_the_screen(make):
    with pytest.raises(UsageError, match=r"'Quiz 11 \(811\)' and 88 more\. Rename"):
        choose(sheet(*(f"Quiz {n}" for n in range(100))), [make.exercise()])


def test_two_columns_of_an_exercise_are_one_too_many(make):
    with pytest.raises(UsageError, match=r"2 of its .* 'exercise3 \(80\)', 'max_unpool \(81\)'"):
        choose(sheet("exercise3", "max_unpool"), [make.exercise()])


def test_two_exercises_do_not_share_a_column(make):
    others = make.exercise(4, "layers", "Max unpool")

    with pytest.raises(UsageError, match="could be exercise3 and exercise4"):
        choose(sheet("Max unpool"), [make.exercise(), others])


def test_a_column_of_no_points_cannot_be_filled(make):
    with pytest.raises(UsageError, match="takes 0 points"):
        choose(sheet("exercise3", maximum="0"), [make.exercise()])


def test_the_only_column_is_whichever_exercise_is_chosen(make):
    chosen = choose(sheet("Grade", single=True), [make.exercise()])

    assert chosen["exercise03_max_unpool"].heading == "Grade (80)"


def test_the_only_column_cannot_be_two_exercises(make):
    with pytest.raises(UsageError, match=r"\(exercise3, exercise4\)\. Choose .* --exercise"):
        choose(sheet("Grade", single=True), [make.exercise(), make.exercise(4, "layers")])
