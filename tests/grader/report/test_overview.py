"""The course at a glance."""

import pytest

from grader import course
from grader.report.overview import render
from grader.study.progress import Record

WHOLE = """\
                                    best   last
✓ exercise1     Cross-correlation    100     80
✗ exercise2     Windows               40     40
✗ exercise10    Pooling                0      0
· exercise11    Layers                 –      –

Next: go on with exercises/exercise02_pad/pad.py, then `grade exercise2`.
"""


def test_overview_is_a_line_an_exercise_and_what_to_do_next(make):
    """Done, begun, not begun; the best score counts, the last one is news."""
    records = [
        (make.exercise(number=1, slug="corr2d", title="Cross-correlation"), Record(100, 80)),
        (make.exercise(number=2, slug="pad", title="Windows"), Record(40, 40)),
        (make.exercise(number=10, slug="pool", title="Pooling"), Record(0, 0)),
        (make.exercise(number=11, slug="layers", title="Layers"), Record()),
    ]

    assert render(records) == WHOLE


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (Record(), ["grade show exercise7", "exercises/exercise07_pooling/pooling.py"]),
        (Record(0, 0), ["grade show exercise7", "exercises/exercise07_pooling/pooling.py"]),
        (Record(99, 0), ["go on with exercises/exercise07_pooling/pooling.py"]),
    ],
)
def test_next_is_the_first_exercise_that_is_not_done(make, record, words):
    """Whoever has points goes on; whoever has none reads the lesson first."""
    done, other = make.exercise(number=6, slug="done"), make.exercise(number=8, slug="other")

    text = render([(done, Record(100, 100)), (make.exercise(), record), (other, Record())])

    _, _, step = " ".join(text.split()).partition("Next: ")
    assert all(word in step for word in [*words, "then `grade exercise7`"])


@pytest.mark.parametrize("length", range(1, 40))
def test_a_command_is_on_one_line(make, length):
    """Wherever the line ends."""
    text = render([(make.exercise(slug="p" * length), Record(20, 20))])

    assert "`grade exercise7`" in text
    assert max(map(len, text.splitlines())) <= 80


def test_who_has_done_everything_is_told_so(make):
    """There is no next step then."""
    text = render([(make.exercise(), Record(100, 100))])

    assert text.endswith("\n\nEverything is done. Well done!\n")


def test_columns_stand_below_each_other_whatever_the_titles(make):
    """The longest title makes the width."""
    records = [
        (make.exercise(number=number, title="x" * number), Record(number, number))
        for number in (1, 12, 30)
    ]

    head, *lines = render(records).splitlines()[:4]

    assert {len(line) for line in lines} == {len(head)}
    assert [line.split()[-1] for line in lines] == ["1", "12", "30"]


def test_table_of_the_course_fits_into_a_terminal():
    """With the titles that the exercises really have."""
    table, _, _ = render([(e, Record(100, 100)) for e in course.exercises()]).partition("\n\n")

    assert max(map(len, table.splitlines())) <= 80


@pytest.mark.parametrize("record", [Record(), Record(50, 50)])
def test_next_step_fits_into_a_terminal(record):
    """As everything that is printed does; and nothing of the path is lost."""
    exercises = course.exercises()
    longest = max(exercises, key=lambda exercise: len(exercise.stem))

    text = render([(longest, record)])

    assert max(map(len, text.splitlines())) <= 80
