"""Numbers as exports write them."""

from decimal import Decimal

import pytest

from grader.batch.exports.sheet import Column, Sheet, decimal_mark, number
from grader.batch.exports.table import Table, split


@pytest.mark.parametrize(
    ("text", "value"),
    [("100", "100"), (" 12.50 ", "12.5"), ("12,5", "12.5"), ("-5.00", "-5")],
)
def test_a_number_may_have_either_decimal_mark(text, value):
    assert number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["", "-", "EX", "1.000,00", "1e5", "12 %", "nan"])
def test_anything_else_is_no_number(text):
    assert number(text) is None


@pytest.mark.parametrize(
    ("cells", "mark"),
    [
        ("8,5 - 100", ","),
        ("8,5 8.5", "."),
        ("8.50 100", "."),
        ("100", "."),
        ("1,000 2,000", "."),
        ("100,00000", ","),
    ],
)
def test_the_decimal_mark_is_a_comma_where_all_fractions_have_one(cells, mark):
    """A comma before three digits may be one of thousands."""
    text = "name;points\n" + "".join(f"1,5;{cell}\n" for cell in cells.split())
    table = Table(";", tuple(split(text, ";")))

    assert decimal_mark(table, Sheet("", (Column(1, "points", ()),), ())) == mark
