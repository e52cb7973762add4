"""What a kept runner works out beforehand, and for how long it keeps that."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from grader import course
from grader.bank import Bank
from grader.rehearsals import SEEDS_KEPT

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="a runner is kept only where processes can be forked"
)
# In a process of its own: one that has run a backward pass, as tests do, cannot be forked.
BEGINNING = """
import json, os, selectors, sys, threading

from grader import course
from grader.bank import Bank
from grader.judge import Check
from grader.rehearsals import REQUEST, Prompter, Rehearsals


def adds(same, draw):
    X, K = draw.normal(4, 4), draw.normal(2, 2)
    same(lambda m: m.corr2d(X, K))


check = Check("corr2d/adds", "corr2d", 1, "Of two matrices.", adds, ("same", "draw"), {})
bank = Bank(*course.find(["exercise1"]))
selector = selectors.DefaultSelector()
rehearsals = Rehearsals(bank, [check], "cpu", selector)


def serve(until):
    while not until():
        for key, _ in selector.select():
            key.data()
"""
JOBS = """
for seed in json.loads(sys.argv[1]):
    rehearsals.note_job(seed)
    serve(lambda: not selector.get_map())
print(json.dumps(sorted({seed for _, seed, *_ in bank.known})))
"""
# Each question comes from a job that began before the first of them was answered.
QUESTIONS = """
forked, fork = [], os.fork


def counted():
    pid = fork()
    forked.append(pid)
    return pid


os.fork = counted
seeds = json.loads(sys.argv[1])
known = []
jobs = [(seed, Bank(*course.find(["exercise1"])), rehearsals.connection()) for seed in seeds]


def ask(seed, bank, connection):
    Prompter(connection, bank, [check], {}).bring(check, seed)
    connection.close()
    known.append([seed, sorted(name for _, name, of in bank.mistaken if of == seed)])


for seed in set(seeds):
    rehearsals.note_job(seed)
asking = [threading.Thread(target=ask, args=job, daemon=True) for job in jobs]
for thread in asking:
    thread.start()
serve(lambda: not selector.get_map())
for thread in asking:
    thread.join()
print(json.dumps([len(forked), known]))
"""
LEAVING = """
rehearsals.note_job(1)
hasty, deaf = rehearsals.connection(), rehearsals.connection()
for connection in (hasty, deaf):
    connection.send(REQUEST.pack(1, 0))
hasty.close()
serve(lambda: rehearsals._mistakes)
deaf.close()
serve(lambda: not selector.get_map())
print(json.dumps(len(rehearsals._mistakes)))
"""


def told(program: str, seeds: list[int] | None = None) -> Any:
    """What a program prints that uses rehearsals."""
    command = [sys.executable, "-c", BEGINNING + program, json.dumps(seeds)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def rehearsed(seeds: list[int]) -> list[int]:
    """The seeds for which something is known after jobs with these."""
    found: list[int] = told(JOBS, seeds)
    return found


def test_a_seed_that_comes_again_is_rehearsed():
    """One that comes once is not: whoever is judged then works it out."""
    assert rehearsed([1, 2, 3, 2]) == [2]


def test_of_many_seeds_the_latest_are_kept():
    """Or the memory of whoever tries a suite on fifty seeds would hold them all."""
    seeds = [seed for seed in range(3 * SEEDS_KEPT) for _ in range(2)]

    assert rehearsed(seeds) == list(range(2 * SEEDS_KEPT, 3 * SEEDS_KEPT))


def test_what_several_jobs_ask_for_is_worked_out_once():
    """A class makes the same mistakes; each job gets what all the wrong answers do."""
    forks, known = told(QUESTIONS, [1, 2, 1, 1, 2])
    (exercise,) = course.find(["exercise1"])
    names = sorted(answer.diagnosis.id for answer in Bank(exercise).wrong_answers("corr2d"))

    assert forks == 2
    assert sorted(known) == [[seed, names] for seed in (1, 1, 1, 2, 2)]


def test_a_job_that_ends_before_it_is_answered_leaves_the_rest_as_it_is():
    """It may be ended at any time, as when the whole batch is."""
    assert told(LEAVING) == 1
