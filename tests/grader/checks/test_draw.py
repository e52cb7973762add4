"""Inputs are drawn afresh for every seed, and always so that mistakes show."""

from collections.abc import Callable
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from grader.checks.draw import Draw

sampled = settings(max_examples=50, deadline=None, database=None)
seeds = st.integers(0, 2**63 - 1)
names = st.text(max_size=20)
shapes = st.lists(st.integers(0, 6), max_size=3)


def draws(draw: Draw) -> list[Any]:
    """A bit of everything that can be drawn, as plain data."""
    return [
        draw.integers(3, 4).tolist(),
        draw.distinct(2, 5).tolist(),
        draw.normal(4).tolist(),
        draw.size(0, 10**9),
        [draw.choice(*range(100)), *draw.shuffled(range(20))],
    ]


@sampled
@given(seed=seeds, name=names)
def test_seed_and_name_repeat_a_draw(seed, name):
    """A report's seed brings the same inputs again."""
    again = draws(Draw(seed, name))

    assert draws(Draw(seed, name)) == again


@sampled
@given(seed=st.integers(0, 2**32 - 1))
def test_another_seed_draws_other_numbers(seed):
    """Nobody can learn the inputs by heart."""
    here, there = Draw(seed, "corr2d/square"), Draw(seed + 1, "corr2d/square")

    assert all(a != b for a, b in zip(draws(here), draws(there), strict=True))


@pytest.mark.parametrize(
    ("one", "other"),
    [("corr2d/square", "corr2d/rectangles"), ("a/b", "a/c"), ("a", ""), ("é", "e")],
)
def test_another_check_draws_other_numbers(one, other):
    """Two checks with the same seed do not see the same image."""
    assert all(a != b for a, b in zip(draws(Draw(7, one)), draws(Draw(7, other)), strict=True))


def test_a_check_draws_the_same_whatever_else_is_drawn():
    """A check alone gets the inputs that it gets among all others, and whatever students draw."""
    alone = draws(Draw(1, "corr2d/square"))

    draw = Draw(1, "corr2d/square")
    draws(Draw(1, "corr2d/rectangles"))
    torch.rand(100)
    torch.default_generator.manual_seed(5)
    among_others = draws(draw)

    assert among_others == alone


def test_drawing_leaves_the_global_generator_alone():
    """What student code draws does not depend on what the suite drew."""
    before = torch.get_rng_state()

    draws(Draw(3, "any"))

    assert torch.equal(torch.get_rng_state(), before)


def test_a_draw_is_not_repeated():
    """Two images of one check are two images."""
    draw = Draw(3, "any")

    assert all(a != b for a, b in zip(draws(draw), draws(draw), strict=True))


@pytest.mark.parametrize(("low", "high"), [(-8, 8), (0, 3), (5, 5), (-3, -1)])
def test_integers_are_whole_and_reach_both_bounds(low, high):
    """`low … high`, both included, nothing between two integers and nothing outside."""
    numbers = Draw(0, "any").integers(500, low=low, high=high)

    assert set(numbers.tolist()) == set(range(low, high + 1))


def test_integers_are_by_default_small_and_of_both_signs():
    """−8 … 8: sums of many products of them are exact in float32."""
    numbers = Draw(0, "any").integers(500)

    assert set(numbers.tolist()) == set(range(-8, 9))


DRAWN: list[Callable[..., Tensor]] = [Draw.integers, Draw.distinct, Draw.normal]


@pytest.mark.parametrize("kind", DRAWN)
@pytest.mark.parametrize("shape", [(), (1,), (0, 3), (2, 3, 4)])
def test_a_tensor_has_the_shape_that_was_asked_for(kind, shape):
    """Also without dimensions, and with none of a size."""
    assert kind(Draw(0, "any"), *shape).shape == shape


@pytest.mark.parametrize("kind", DRAWN)
def test_a_tensor_has_the_dtype_that_was_asked_for(kind):
    """float32 unless another one is named."""
    assert kind(Draw(0, "any"), 2).dtype == torch.float32
    assert kind(Draw(0, "any"), 2, dtype=torch.float64).dtype == torch.float64


@sampled
@given(seed=seeds, shape=shapes)
def test_distinct_numbers_are_all_different_none_of_them_zero_and_of_both_signs(seed, shape):
    """No two entries alike: a flip shows, and there is no tie for a maximum."""
    values = Draw(seed, "any").distinct(*shape).flatten().tolist()

    count = len(values)
    assert len(set(values)) == count
    assert 0 not in values
    assert count < 2 or min(values) < 0 < max(values)


@sampled
@given(seed=seeds, shape=shapes)
def test_distinct_numbers_are_small_whole_numbers(seed, shape):
    """n values lie in −n … n, and at least −8 … 8: exact in float32."""
    values = Draw(seed, "any").distinct(*shape).flatten().tolist()

    bound = max(len(values), 8)
    assert all(value == int(value) and abs(value) <= bound for value in values)


def test_distinct_numbers_are_in_no_order():
    """Sorted numbers would hide mistakes of a maximum or of a cumulative sum."""
    ascending = [Draw(seed, "any").distinct(12).diff().gt(0) for seed in range(50)]

    assert not any(rising.all() or not rising.any() for rising in ascending)


def test_two_distinct_numbers_have_two_signs_however_they_fall():
    """Half of all pairs would otherwise have one sign only."""
    pairs = [Draw(seed, "any").distinct(2).tolist() for seed in range(100)]

    assert all(min(pair) < 0 < max(pair) for pair in pairs)


def test_normal_numbers_are_standard_normal():
    """Mean 0, standard deviation 1."""
    numbers = Draw(0, "any").normal(10_000)

    assert abs(float(numbers.mean())) < 0.05
    assert abs(float(numbers.std()) - 1) < 0.05


def test_double_numbers_are_drawn_as_such():
    """A float64 that was once a float32 would hide a lost precision."""
    numbers = Draw(0, "any").normal(100, dtype=torch.float64)

    assert not torch.equal(numbers.float().double(), numbers)


@pytest.mark.parametrize(("low", "high"), [(0, 2), (3, 3), (-2, 1)])
def test_a_size_lies_within_its_bounds_and_reaches_both(low, high):
    """An int of Python, for shapes."""
    draw = Draw(0, "any")

    sizes = [draw.size(low, high) for _ in range(200)]

    assert set(sizes) == set(range(low, high + 1))
    assert {type(size) for size in sizes} == {int}


def test_every_option_is_chosen_at_some_time():
    """The first and the last too."""
    draw = Draw(0, "any")

    chosen = {draw.choice("zeros", "reflect", "circular") for _ in range(100)}

    assert chosen == {"zeros", "reflect", "circular"}


def test_shuffling_keeps_every_item_and_the_original():
    """A shuffled list is the same items in another order; the list that was given stays."""
    items = [*range(30)]

    shuffled = Draw(0, "any").shuffled(items)

    assert shuffled != items
    assert sorted(shuffled) == items
    assert items == [*range(30)]
