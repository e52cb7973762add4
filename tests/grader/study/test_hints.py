"""Hints, one after the other."""

import json

import pytest

from grader.model import Exercise, Forbidden, Limits, Task
from grader.study.hints import next_hint
from grader.study.progress import Progress

STEM = "exercise07_pooling"
POOL = ("How many windows?", "Where does one start?", "A loop will do.")
UNPOOL = ("What is lost?", "Where was it?", "Who remembers?", "Look at the index.")


@pytest.fixture
def exercise(tmp_path):
    """An exercise of two tasks."""
    tasks = (Task("pool", 60, POOL, Forbidden()), Task("unpool", 40, UNPOOL, Forbidden()))
    return Exercise(STEM, 7, "pooling", "Pooling", "", tasks, Limits(), tmp_path)


def read_hints(exercise, place, *tasks):
    """Each call is a run of the command line."""
    return [next_hint(exercise, task, Progress(place)) for task in tasks]


def hint_in(text):
    """The newest hint, without its number."""
    return text.splitlines()[-1].partition(". ")[2]


def test_hint_says_which_it_is_and_how_to_get_the_next(exercise, tmp_path):
    """So that a student knows how much help is left."""
    (text,) = read_hints(exercise, tmp_path, "pool")

    assert text == (
        "pool, hint 1 of 3 (`grade hint exercise7 pool` for the next):\n\n  1. How many windows?"
    )


def test_what_was_read_can_be_read_again(exercise, tmp_path):
    """A hint is thought about for longer than a terminal keeps it."""
    text = read_hints(exercise, tmp_path, "pool", "pool", "pool", "pool")[-1]

    assert text.splitlines()[2:] == [
        "  1. How many windows?",
        "  2. Where does one start?",
        "  3. A loop will do.",
    ]


def test_each_call_goes_one_step_further_and_the_last_hint_stays(exercise, tmp_path):
    """In the order of the author, and never past the end."""
    texts = read_hints(exercise, tmp_path, *["pool"] * 5)

    assert list(map(hint_in, texts)) == [*POOL, POOL[-1], POOL[-1]]
    assert ["that was the last" in text for text in texts] == [False, False, True, True, True]
    assert ["for the next" in text for text in texts] == [True, True, False, False, False]


def test_tasks_have_their_own_steps(exercise, tmp_path):
    """Help with one task gives nothing away of another."""
    texts = read_hints(exercise, tmp_path, "unpool", "pool", "unpool", "pool")

    assert list(map(hint_in, texts)) == [UNPOOL[0], POOL[0], UNPOOL[1], POOL[1]]


def test_without_a_task_the_hints_go_through_the_exercise(exercise, tmp_path):
    """Task after task; at the end the last hint is repeated."""
    texts = read_hints(exercise, tmp_path, *[None] * 8)

    assert list(map(hint_in, texts)) == [*POOL, *UNPOOL, UNPOOL[-1]]


def test_without_a_task_hints_that_were_read_are_left_out(exercise, tmp_path):
    """Whoever asked for hints of a task by its name does not get them again."""
    texts = read_hints(exercise, tmp_path, "pool", "pool", None, None)

    assert list(map(hint_in, texts)) == [POOL[0], POOL[1], POOL[2], UNPOOL[0]]


def test_author_may_take_hints_away(exercise, tmp_path):
    """More hints read than there are is no error."""
    (tmp_path / ".grade").mkdir()
    record = {"hints": {"pool": 50}}
    (tmp_path / ".grade" / "progress.json").write_text(json.dumps({STEM: record}))

    (text,) = read_hints(exercise, tmp_path, "pool")

    assert hint_in(text) == POOL[-1]


def test_count_below_zero_counts_as_none(exercise, tmp_path):
    """A file that makes no sense costs nobody the hints."""
    (tmp_path / ".grade").mkdir()
    record = {"hints": {"pool": -50}}
    (tmp_path / ".grade" / "progress.json").write_text(json.dumps({STEM: record}))

    (text,) = read_hints(exercise, tmp_path, "pool")

    assert hint_in(text) == POOL[0]


def test_hint_is_given_though_it_cannot_be_noted(exercise, tmp_path):
    """In a workspace that cannot be written the first hint is better than none."""
    (tmp_path / ".grade").touch()

    texts = read_hints(exercise, tmp_path, "pool", "pool")

    assert list(map(hint_in, texts)) == [POOL[0], POOL[0]]
