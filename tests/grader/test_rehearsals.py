"""What a kept runner works out beforehand, and for how long it keeps that."""

import json
import os
import subprocess
import sys

import pytest

from grader.rehearsals import SEEDS_KEPT

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="a runner is kept only where processes can be forked"
)
# In a process of its own: one that has run a backward pass, as tests do, cannot be forked.
PROGRAM = """
import json, selectors, sys

from grader import course
from grader.bank import Bank
from grader.judge import Check
from grader.rehearsals import Rehearsals


def adds(same, draw):
    X, K = draw.normal(4, 4), draw.normal(2, 2)
    same(lambda m: m.corr2d(X, K))


check = Check("corr2d/adds", "corr2d", 1, "Of two matrices.", adds, ("same", "draw"), {})
bank = Bank(*course.find(["exercise1"]))
selector = selectors.DefaultSelector()
rehearsals = Rehearsals(bank, [check], "cpu", selector)
notes = set(selector.get_map())
for seed in json.loads(sys.argv[1]):
    rehearsals.note_job(seed)
    while set(selector.get_map()) != notes:
        for key, _ in selector.select():
            key.data()
print(json.dumps(sorted({seed for _, seed, *_ in bank.known})))
"""


def rehearsed(seeds: list[int]) -> list[int]:
    """The seeds for which something is known after jobs with these."""
    command = [sys.executable, "-c", PROGRAM, json.dumps(seeds)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    return json.loads(done.stdout)


def test_a_seed_that_comes_again_is_rehearsed():
    """One that comes once is not: whoever is judged then works it out."""
    assert rehearsed([1, 2, 3, 2]) == [2]


def test_of_many_seeds_the_latest_are_kept():
    """Or the memory of whoever tries a suite on fifty seeds would hold them all."""
    seeds = [seed for seed in range(3 * SEEDS_KEPT) for _ in range(2)]

    assert rehearsed(seeds) == list(range(2 * SEEDS_KEPT, 3 * SEEDS_KEPT))
