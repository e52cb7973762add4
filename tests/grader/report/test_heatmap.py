"""Planes as pictures: shades, marks, and the room that there is."""

import math

import hypothesis
import pytest
from hypothesis import strategies as st

from grader.model import Planes
from grader.report.heatmap import MIDDLE, STEPS, WIDEST, pictures, shade

NUMBERS = st.floats() | st.integers(-20, 20).map(float)
FINITE = st.floats(allow_nan=False, allow_infinity=False)
sampled = hypothesis.settings(database=None, deadline=None, max_examples=50)


def drawn(expected, actual):
    """The pictures of two planes."""
    return pictures(Planes("x", tuple(map(tuple, expected)), tuple(map(tuple, actual))))


def shades(picture):
    """The shade of each cell."""
    return [[cell.shade for cell in row] for row in picture.rows]


@st.composite
def any_planes(draw_from):
    """Two planes of one shape."""
    rows, columns = draw_from(st.integers(1, 12)), draw_from(st.integers(1, 12))
    plane = st.lists(
        st.lists(NUMBERS, min_size=columns, max_size=columns), min_size=rows, max_size=rows
    )
    return draw_from(plane), draw_from(plane)


def test_expected_and_yours_share_a_scale():
    """The same number has the same shade in both, from the least to the greatest of them all."""
    expected, yours, _ = drawn([[0, 4]], [[8, 4]])

    assert shades(expected) == [["s0", "s4"]]
    assert shades(yours) == [["s8", "s4"]]
    assert (expected.low, expected.high) == (yours.low, yours.high) == ("0", "8")
    assert expected.side == yours.side


def test_difference_is_blue_below_and_brown_above_and_never_in_the_middle_by_rounding():
    """A tiny difference is a difference."""
    *_, difference = drawn([[0, 0, 0, 0, 0]], [[-8, -0.01, 0, 0.01, 4]])

    assert shades(difference) == [["d0", "d3", "d4", "d5", "d6"]]
    assert (difference.low, difference.high) == ("-8", "8")


def test_what_is_not_finite_has_no_place_on_a_scale():
    """And does not stretch it for the others."""
    expected, yours, difference = drawn([[1, math.nan, 3]], [[math.nan, math.nan, math.inf]])

    assert shades(expected) == [["s0", "x", "s8"]]
    assert shades(yours) == [["x", "x", "x"]]
    assert shades(difference) == [["x", "d4", "x"]]
    assert [cell.text for cell in yours.rows[0]] == ["nan", "nan", "inf"]
    assert [cell.marked for cell in yours.rows[0]] == [True, False, True]


def test_marks_are_counted_in_words():
    """For those who hear the picture."""
    expected, yours, difference = drawn([[1, 2], [3, 4]], [[1, 0], [0, 4]])

    assert expected.summary == difference.summary == "2 by 2"
    assert yours.summary == "2 by 2, 2 of 4 differ"
    assert yours.rows[0][1].told == "0, expected 2"
    assert difference.rows[0][1].told == "-2: 0 instead of 2"


@pytest.mark.parametrize(
    ("value", "columns", "fits"), [(1.0, 12, True), (-1.23e10, 6, True), (-1.23e10, 12, False)]
)
def test_numbers_are_left_out_where_they_do_not_fit(value, columns, fits):
    """They are still told on hover and in the table."""
    expected, *_ = drawn([[value] * columns], [[2.0] * columns])

    assert expected.has_numbers == fits
    assert expected.columns * expected.side <= WIDEST


@sampled
@hypothesis.given(any_planes())
def test_any_planes_can_be_drawn(planes):
    """Whatever floats there are; as many marks as differences, on both pictures."""
    expected, yours, difference = drawn(*planes)
    pairs = [(w, g) for row in zip(*planes, strict=True) for w, g in zip(*row, strict=True)]
    different = sum(repr(w + 0) != repr(g + 0) for w, g in pairs)

    assert yours.marked == different
    assert sum(s != f"d{MIDDLE}" for row in shades(difference) for s in row) == different
    assert expected.marked == difference.marked == 0


@sampled
@hypothesis.given(FINITE, FINITE, FINITE)
def test_shades_are_in_order(one, other, third):
    """The greater a value, the higher its shade; the ends are the ends."""
    low, middle, high = sorted((one, other, third))
    found = [shade(value, low, high) for value in (low, middle, high)]

    assert found == sorted(found)
    assert found in ([MIDDLE] * 3, [0, found[1], STEPS])
