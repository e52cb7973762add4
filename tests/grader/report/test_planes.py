"""Small planes of numbers, side by side."""

import math

import hypothesis
import pytest
from hypothesis import strategies as st

from grader.model import Planes
from grader.report.planes import draw


def planes(expected, actual) -> Planes:
    """What is expected and what came."""
    return Planes("the result", tuple(map(tuple, expected)), tuple(map(tuple, actual)))


def test_planes_stand_side_by_side():
    """Expected, yours, difference: a star marks what differs, a dot what does not."""
    drawn = draw(planes([[1, 2, 3], [-4, 5, 16]], [[1, 2, 3], [-4, 7, -16]]), 80)

    assert drawn == [
        "expected    yours             difference",
        " 1  2  3      1    2    3       ·   ·   ·",
        "-4  5 16     -4    7* -16*      ·   2 -32",
    ]


def test_planes_that_do_not_fit_side_by_side_stand_below_each_other():
    """The same three, with a title each."""
    drawn = draw(planes([[1, 2, 3], [-4, 5, 16]], [[1, 2, 3], [-4, 7, -16]]), 20)

    assert drawn == [
        "expected",
        " 1  2  3",
        "-4  5 16",
        "yours",
        "  1    2    3",
        " -4    7* -16*",
        "difference",
        "  ·   ·   ·",
        "  ·   2 -32",
    ]


@pytest.mark.parametrize(("width", "lines"), [(41, 3), (40, 9), (14, 9), (13, 0)])
def test_planes_take_the_width_that_there_is(width, lines):
    """To the last column: beside each other, below each other, or not at all."""
    drawn = draw(planes([[1, 2, 3], [-4, 5, 16]], [[1, 2, 3], [-4, 7, -16]]), width)

    assert len(drawn) == lines


def test_planes_that_do_not_fit_at_all_are_not_drawn():
    """A torn picture says less than none."""
    assert draw(planes([[1] * 10], [[1] * 10]), 20) == []


@pytest.mark.parametrize(
    ("want", "got", "shown"),
    [
        pytest.param(1.0, 1.0, ("1", "1", "·"), id="whole numbers have no point"),
        pytest.param(-0.0, 0.0, ("0", "0", "·"), id="zeros are equal"),
        pytest.param(0.5, 0.25, ("0.5", "0.25*", "-0.25"), id="fractions"),
        pytest.param(1 / 3, 2 / 3, ("0.333", "0.667*", "0.333"), id="three digits"),
        pytest.param(-10001.0, -9990.21, ("-10001", "-9990*", "10.8"), id="thousands"),
        pytest.param(1e6, 123456789, ("1e+06", "1.23e+08*", "1.22e+08"), id="large numbers"),
        pytest.param(1.0, 1.0000001, ("1", "1*", "1e-07"), id="a difference that is not seen"),
        pytest.param(math.nan, math.nan, ("nan", "nan", "·"), id="nan as expected"),
        pytest.param(1.0, math.nan, ("1", "nan*", "nan"), id="nan instead of a number"),
        pytest.param(math.inf, math.inf, ("inf", "inf", "·"), id="infinity as expected"),
        pytest.param(math.inf, -math.inf, ("inf", "-inf*", "-inf"), id="the wrong infinity"),
        pytest.param(True, False, ("1", "0*", "-1"), id="bools"),
    ],
)
def test_number_is_as_short_as_it_can_be(want, got, shown):
    """And equal is what the comparison calls equal: nan equals itself here."""
    drawn = draw(planes([[want]], [[got]]), 80)

    assert tuple(drawn[1].split()) == shown


NUMBERS = st.floats(width=32) | st.integers(-20, 20).map(float)


@st.composite
def any_planes(draw_from) -> Planes:
    """Two planes of one shape, up to the size that the comparison gives."""
    rows, columns = draw_from(st.integers(1, 12)), draw_from(st.integers(1, 12))
    values = st.lists(NUMBERS, min_size=rows * columns, max_size=rows * columns)
    flat = draw_from(values), draw_from(values)
    expected, actual = (
        [plane[row * columns : (row + 1) * columns] for row in range(rows)] for plane in flat
    )
    return planes(expected, actual)


@hypothesis.settings(database=None, deadline=None, max_examples=50)
@hypothesis.given(any_planes(), st.integers(20, 100))
def test_no_line_is_wider_than_the_width(some, width):
    """Whatever the numbers are."""
    drawn = draw(some, width)

    assert all(len(line) <= width and line == line.rstrip() for line in drawn)


@hypothesis.settings(database=None, deadline=None, max_examples=50)
@hypothesis.given(any_planes())
def test_stars_are_as_many_as_differences(some):
    """As many stars as values that differ; as many dots as values that do not."""
    drawn = "\n".join(draw(some, 1000))
    pairs = zip(sum(some.expected, ()), sum(some.actual, ()), strict=True)
    different = sum(repr(w + 0) != repr(g + 0) for w, g in pairs)

    assert drawn.count("*") == different
    assert drawn.count("·") == sum(map(len, some.expected)) - different
