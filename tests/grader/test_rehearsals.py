"""What a kept runner works out beforehand, and for how long it keeps that."""

import os
import selectors

import pytest

from grader import course
from grader.bank import Bank
from grader.judge import Check
from grader.rehearsals import SEEDS_KEPT, Rehearsals

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="a runner is kept only where processes can be forked"
)


@pytest.fixture
def bank() -> Bank:
    """The bank of the first exercise."""
    (exercise,) = course.find(["exercise1"])
    return Bank(exercise)


def adds(same, draw):
    """Of two matrices."""
    X, K = draw.normal(4, 4), draw.normal(2, 2)
    same(lambda m: m.corr2d(X, K))


CHECK = Check("corr2d/adds", "corr2d", 1, "Of two matrices.", adds, ("same", "draw"), {})


def rehearsed(bank: Bank, seeds: list[int]) -> set[int]:
    """The seeds for which a bank knows something, after jobs with these."""
    with selectors.DefaultSelector() as selector:
        rehearsals = Rehearsals(bank, [CHECK], "cpu", selector)
        notes = set(selector.get_map())
        for seed in seeds:
            rehearsals.note_job(seed)
            while set(selector.get_map()) != notes:
                for key, _ in selector.select():
                    key.data()
        for fd in notes:
            os.close(fd)
    os.close(rehearsals._notes)
    return {seed for _, seed, *_ in bank.known}


def test_a_seed_that_comes_again_is_rehearsed(bank):
    """One that comes once is not: whoever is judged then works it out."""
    assert rehearsed(bank, [1, 2, 3, 2]) == {2}


def test_of_many_seeds_the_latest_are_kept(bank):
    """Or the memory of whoever tries a suite on fifty seeds would hold them all."""
    seeds = [seed for seed in range(3 * SEEDS_KEPT) for _ in range(2)]

    assert rehearsed(bank, seeds) == set(range(2 * SEEDS_KEPT, 3 * SEEDS_KEPT))
