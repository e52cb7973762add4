"""How several runners share the tasks of one job: each takes the next when it is done with one."""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager


@contextmanager
def tasks_to_take(numbers: Iterable[int]) -> Iterator[int]:
    """A descriptor at which each of some numbers is given once, to whoever reads it first."""
    reading, writing = os.pipe()
    try:
        os.write(writing, bytes(numbers))
        os.close(writing)
        yield reading
    finally:
        os.close(reading)


def taken(descriptor: int) -> Iterator[int]:
    """The numbers that nobody else has taken, each at the time when it is asked for."""
    while number := os.read(descriptor, 1):
        yield number[0]
