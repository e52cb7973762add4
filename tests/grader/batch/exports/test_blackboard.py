"""What Blackboard lets a teacher download, and takes back."""

import pytest

from grader.errors import UsageError


@pytest.fixture
def ada(make):
    """A student of whom Blackboard told the login."""
    return make.student("alovelace", "", username="alovelace")


@pytest.mark.parametrize("codec", ["utf-16", "utf-16-le", "utf-16-be", "utf-8", "utf-8-sig"])
def test_one_cell_changes_and_no_other_byte(fill, samples, make, ada, codec):
    """What calls itself .xls is text between tabs, most often in UTF-16. 20 points are full."""
    export = samples.blackboard.encode(codec)
    expected = samples.blackboard.replace('"88"\t""\t', '"88"\t"17.4"\t').encode(codec)

    filled, told = fill(export, [make.entry(ada, 87)], name="gc_course_column.xls")

    assert filled == expected
    assert (told.platform, told.entered) == ("Blackboard", 1)
    assert told.columns == ("exercise3 [Total Pts: 20 Score] |991",)
    assert told.without == ('Jürgen "JJ" Müller, Süß',)


def test_an_attempt_in_progress_gets_its_points(fill, samples, make):
    entry = make.entry(make.student("JMULLER", ""), 100)

    filled, _ = fill(samples.blackboard.encode(), [entry])

    assert filled == samples.blackboard.replace('"In Progress"', '"20"').encode()


def test_another_login_is_somebody_else_whatever_the_name(fill, samples, make):
    namesake = make.student("x", "Ada Lovelace", username="alovelace2")

    assert fill(samples.blackboard.encode(), [make.entry(namesake)])[1].missing == ("Ada Lovelace",)


@pytest.mark.parametrize(
    "heading",
    [
        "exercise3 [Total Pts: up to 100 Score] |1", "exercise3 [Total Pts: 100 Letter] |1",
        "exercise3 [Total Pts: 100 Score]", "exercise3", "exercise3 [Total Pts: 1,000 Score] |1",
    ],
)  # fmt: skip
def test_what_is_calculated_or_new_or_shows_no_score_is_no_column(fill, make, ada, heading):
    """A maximum that could be 1 or 1000 is not guessed either."""
    export = f'"Username","Quiz [Total Pts: 10 Score] |2","{heading}"\n"alovelace","",""\n'

    with pytest.raises(UsageError, match=r"There are: 'Quiz \[Total Pts: 10 Score\] \|2'\."):
        fill(export.encode(), [make.entry(ada)])


def test_without_names_a_login_is_the_name(fill, make, ada):
    export = b"Username,exercise3 [Total Pts: 100 Score] |7\nbli,\n,\nalovelace,\n"

    filled, told = fill(export, [make.entry(ada, 5)])

    assert (filled, told.without) == (export[:-1] + b"5\n", ("bli",))


def test_a_column_of_its_own_keeps_its_notes_and_feedback(fill, make, ada):
    export = (
        b'"Last Name","First Name","Username","Exercise 3  [Total Pts: 12.5 Score] |7",'
        b'"Grading Notes","Notes Format","Feedback to Learner","Feedback Format"\n'
        b'"Lovelace","Ada","alovelace","","=1","SMART_TEXT","<p>a, ""b""</p>","HTML"'
    )

    filled, _ = fill(export, [make.entry(ada, 50)])

    assert filled == export.replace(b'"alovelace","",', b'"alovelace","6.25",')
