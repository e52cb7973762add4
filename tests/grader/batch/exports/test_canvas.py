"""The gradebook of Canvas, as it is exported and taken back."""

import pytest

from grader.errors import UsageError


@pytest.fixture
def ada(make):
    """A student whom Canvas named by her number in the name of her file."""
    return make.student("lovelaceada_1001", "lovelaceada", canvas="1001")


def test_one_cell_changes_and_no_other_byte(fill, samples, make, ada):
    filled, told = fill(samples.canvas, [make.entry(ada, 87)])

    assert filled == samples.canvas.replace(b"much,90.00,,90.00,", b"much,90.00,87,90.00,")
    assert (told.platform, told.columns, told.entered) == ("Canvas", ("Exercise3 (812)",), 1)


def test_a_score_that_is_there_already_is_replaced(fill, samples, make):
    zoe = make.student("x", canvas="1002")

    filled, _ = fill(samples.canvas, [make.entry(zoe, 100)])

    assert filled == samples.canvas.replace(b'twice",,12.5,', b'twice",,100,')


@pytest.mark.parametrize(
    "student",
    [
        {"sid": "S-1"}, {"username": "ADA@uni.example"}, {"email": "ada@uni.example"},
        {"name": "Ada Lovelace"}, {"name": "Lovelace, Ada"},
    ],
)  # fmt: skip
def test_a_student_is_known_by_sis_login_or_name_too(fill, samples, make, student):
    filled, told = fill(samples.canvas, [make.entry(make.student("x", **{"name": ""} | student))])

    assert b"much,90.00,87,90.00," in filled
    assert told.missing == ()


def test_another_number_is_somebody_else_whatever_the_name(fill, samples, make):
    namesake = make.student("x", "Ada Lovelace", canvas="1")

    filled, told = fill(samples.canvas, [make.entry(namesake)])

    assert (filled, told.missing) == (samples.canvas, ("Ada Lovelace",))


def test_who_is_excused_or_not_assigned_stays_so(fill, samples, make):
    entries = [make.entry(make.student(key, canvas=key)) for key in ("1003", "1004")]

    filled, told = fill(samples.canvas, entries)

    assert filled == samples.canvas
    assert told.entered == 0
    assert told.locked == (
        "Müller; Süß, Jürgen is excused", "Roe, Jane is not assigned this",
    )  # fmt: skip


def test_rows_that_are_no_students_are_nobody(fill, samples, make, ada):
    """Neither posting policies nor points possible nor empty lines hand anything in."""
    _, told = fill(samples.canvas + b"\n,,,\n", [make.entry(ada)])

    assert told.without == (
        'O\'Neil "Shaq", Zoë', "Müller; Süß, Jürgen", "Roe, Jane", "Student, Test",
    )  # fmt: skip


def test_points_are_scaled_to_the_points_possible(fill, samples, make, ada):
    export = samples.canvas.replace(b"100.00,100.00,(read", b"100.00,15.00,(read")

    assert b"90.00,13.05,90.00," in fill(export, [make.entry(ada, 87)])[0]


def test_an_export_with_semicolons_and_decimal_commas_keeps_both(fill, make, ada):
    export = (
        "\ufeffStudent;ID;SIS Login ID;Section;exercise3 (812)\r\n"
        "    Points Possible;;;;12,50\r\n"
        'Lovelace, Ada;1001;ada;"A; B";'
    ).encode()

    filled, _ = fill(export, [make.entry(ada, 50)])

    assert filled == export + b"6,25"


def test_names_may_come_in_two_columns(fill, make):
    export = (
        b"LastName,FirstName,ID,SIS Login ID,Section,exercise3 (812)\n"
        b"Points Possible,,,,,100\nLovelace,Ada,1001,ada,A,\nLi,Bo,1002,bo,A,\n"
    )

    filled, told = fill(export, [make.entry(make.student("x", "Bo Li"), 70)])

    assert filled == export.replace(b"bo,A,", b"bo,A,70")
    assert told.without == ("Lovelace, Ada",)


def test_what_is_read_only_no_assignment_or_a_total_is_no_column(fill, make, ada):
    export = (
        b"Student,ID,Section,max_unpool,exercise3 (1),exercise3 Current Score,exercise3 (2)\n"
        b"    Points Possible,,,,read only,(read only),100.00\nA,1001,S,,,,\n"
    )

    filled, told = fill(export, [make.entry(ada, 9)])

    assert told.columns == ("exercise3 (2)",)
    assert filled == export.replace(b"S,,,,", b"S,,,,9")


def test_a_column_in_front_of_the_section_is_none_of_the_assignments(fill, make, ada):
    export = b"Student,ID,exercise3 (1),Section\nA,1001,,S\n"

    with pytest.raises(UsageError, match="no column that takes points"):
        fill(export, [make.entry(ada, 9)])
