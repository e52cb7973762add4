"""Tasks are shared: whoever asks gets one that nobody else has."""

import os
from concurrent.futures import ThreadPoolExecutor

from grader.sandbox.sharing import taken, tasks_to_take


def test_they_come_in_the_order_given():
    """The longest first, say."""
    with tasks_to_take([2, 0, 1]) as tasks:
        assert list(taken(tasks)) == [2, 0, 1]


def test_each_is_taken_once():
    """However many ask at the same time."""
    with tasks_to_take(range(200)) as tasks, ThreadPoolExecutor(8) as pool:
        shares = list(pool.map(lambda _: list(taken(tasks)), range(8)))

    assert sorted(number for share in shares for number in share) == list(range(200))


def test_one_is_taken_only_when_it_is_asked_for():
    """What a slow runner has not asked for is left to the others."""
    with tasks_to_take([0, 1, 2]) as tasks:
        slow = taken(tasks)
        assert next(slow) == 0
        assert list(taken(tasks)) == [1, 2]
        assert list(slow) == []


def test_nothing_stays_open():
    """Whoever grades a thousand submissions makes a thousand of these."""
    before = set(os.listdir("/dev/fd"))
    with tasks_to_take([0]):
        pass

    assert set(os.listdir("/dev/fd")) == before
