"""Moodle's grading worksheet, and its export of grades."""

import pytest

from grader.errors import UsageError


@pytest.fixture
def ada(make):
    """A student of whom Moodle told the number of the participant."""
    return make.student("Ada Lovelace_4711", "Ada Lovelace", moodle="4711")


def test_one_grade_changes_and_no_other_byte(fill, samples, make, ada):
    """Points of 100 become points of 50; 87 are 43.5 of them."""
    filled, told = fill(samples.worksheet, [make.entry(ada, 87)])

    assert filled == samples.worksheet.replace(
        b'grading - ",,50.00,Yes', b'grading - ",43.5,50.00,Yes'
    )
    assert (told.platform, told.columns, told.entered) == ("Moodle", ("Grade",), 1)
    assert told.without == ("Jürgen Müller; Süß", "Zoë O'Neil")


def test_a_student_is_known_by_email_or_full_name_too(fill, samples, make):
    by_email = make.entry(make.student("a", "", email="J.M@uni.example"), 100)
    by_name = make.entry(make.student("b", "ada lovelace"), 100)

    filled, told = fill(samples.worksheet, [by_email, by_name])

    assert (told.entered, told.missing) == (2, ())
    assert b'"No submission",50,50.00,Yes' in filled


def test_a_grade_that_cannot_be_changed_is_left_alone_and_told(fill, samples, make):
    zoe = make.student("z", moodle="4713")

    filled, told = fill(samples.worksheet, [make.entry(zoe, 100)])

    assert filled == samples.worksheet
    assert told.locked == ("Zoë O'Neil has a grade that cannot be changed",)
    assert "Zoë O'Neil" not in told.without


def test_another_participant_of_the_same_name_is_somebody_else(fill, samples, make):
    namesake = make.student("x", "Ada Lovelace", moodle="5000")

    filled, told = fill(samples.worksheet, [make.entry(namesake)])

    assert (filled, told.missing) == (samples.worksheet, ("Ada Lovelace",))


def test_under_blind_marking_a_number_is_the_only_name(fill, make):
    export = (
        b"Identifier,Status,Grade,Maximum grade,Last modified (grade)\n"
        b"Participant 4711,-,,100,-\nParticipant 4712,-,,100,-\n"
    )

    filled, told = fill(export, [make.entry(make.student("x", "", moodle="4711"), 5)])

    assert filled == export.replace(b"4711,-,,", b"4711,-,5,")
    assert told.without == ("Participant 4712",)


def test_a_decimal_comma_between_commas_is_quoted(fill, samples, make, ada):
    """That of the maximum is enough to tell how numbers are written."""
    export = samples.worksheet.replace(b"50.00", b'"50,00"').replace(b"12.00", b"")

    filled, _ = fill(export, [make.entry(ada, 87)])

    assert filled == export.replace(b'grading - ",,"50,00",Yes', b'grading - ","43,5","50,00",Yes')


@pytest.mark.parametrize("name", ["worksheet", "grades"])
def test_an_empty_line_is_nobody(fill, samples, make, name):
    export = getattr(samples, name) + b"\r\n,,,\r\n"

    filled, told = fill(export, [make.entry(make.student("x", "Ada Lovelace"))])

    assert (told.entered, filled[-7:]) == (1, export[-7:])
    assert not [name for name in told.without if not name.strip()]


@pytest.mark.parametrize("separator", ["\t", ";", ":"])
def test_the_separator_may_be_another(fill, make, ada, separator):
    lines = ["Identifier,Full name,Grade,Last modified (grade)", "Participant 4711,A,,-"]
    export = "\n".join(lines).replace(",", separator).encode()

    filled, _ = fill(export, [make.entry(ada, 5)])

    assert filled.decode().split(separator)[-2:] == ["5", "-"]


def test_a_scale_is_no_maximum(fill, samples, make, ada):
    with pytest.raises(UsageError, match=r"maximum grade is '-3.00', so .* scale"):
        fill(samples.worksheet.replace(b"50.00", b"-3.00"), [make.entry(ada)])


def test_a_worksheet_is_for_one_exercise(fill, samples, make, ada):
    exercises = [make.exercise(), make.exercise(4, "layers")]

    with pytest.raises(UsageError, match="worksheet of one assignment, and 2 exercises"):
        fill(samples.worksheet, [make.entry(ada)], exercises)


def test_in_an_export_of_grades_only_the_points_change(fill, samples, make):
    """Not the percentage, the feedback or the total, which Moodle works out."""
    entries = [
        make.entry(make.student("a", "", email="ada@uni.example"), 87),
        make.entry(make.student("b", "Jürgen Müller; Süß"), 33),
    ]

    filled, told = fill(samples.grades, entries)

    assert told.columns == ("Assignment: exercise3 (Real)",)
    assert filled == samples.grades.replace(b"example,-,-,", b"example,87,-,").replace(
        b"example,50.00,", b"example,33,"
    )


@pytest.mark.parametrize(
    "heading",
    ["exercise3 (Real)", "Aufgabe: max_unpool", "Assignment: Week 2: maxima (Real)"],
)
def test_an_item_is_found_whatever_surrounds_its_name(fill, make, heading):
    exercise = make.exercise(title="Week 2: maxima")
    export = f"First name,Surname,Email address,{heading}\nAda,Lovelace,a@x,-\n".encode()

    filled, _ = fill(export, [make.entry(make.student(), 5)], [exercise])

    assert filled.endswith(b"a@x,5\n")


def test_the_export_of_grades_names_its_items_when_none_fits(fill, samples, make):
    with pytest.raises(UsageError, match=r"There are: 'Assignment: exercise3 \(Real\)', 'Course"):
        fill(samples.grades, [], [make.exercise(4, "layers", "Layers")])
