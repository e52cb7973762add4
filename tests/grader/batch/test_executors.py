"""Grading a class on this machine: everybody gets a result of their own, whatever others do."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from grader.batch import executors
from grader.batch.executors import GIVEN_UP, Local, Piece
from grader.errors import CourseError, RunnerLost
from grader.model import Exercise, Job, Limits, Verdicts


def piece(name: str) -> Piece:
    """A piece that is told by its key."""
    exercise = Exercise("exercise01_x", 1, "x", "", "", (), Limits(), None)
    return Piece(name, Job(exercise, (), (name,), 0, "cpu", "", Limits(), None), "suite")


class FakeSession:
    """Answers with the name of the job, or as `acts` says for that name."""

    level = "strict"

    def __init__(self, acts, early) -> None:
        self.acts = acts
        self.early = early
        self.alive = True
        self.busy = 0
        self.most_busy = 0
        self.lock = threading.Lock()

    def grade(self, job: Job) -> Verdicts:
        """Count who is at work, act."""
        (name,) = job.tasks
        with self.lock:
            self.busy += 1
            self.most_busy = max(self.most_busy, self.busy)
        try:
            time.sleep(0.01)
            self.acts.get(name, lambda session: None)(self)
        finally:
            with self.lock:
                self.busy -= 1
        return Verdicts(stdout=name)


@pytest.fixture
def sessions(monkeypatch):
    """The sessions that were opened; `sessions.acts` says what a piece does to its runner."""

    class Opened(list):
        acts: dict = {}  # noqa: RUF012, a fresh class for each test

    opened = Opened()

    @contextmanager
    def open_session(
        isolation: str, device: str, early: object, *, many: bool
    ) -> Iterator[FakeSession]:
        session = FakeSession(opened.acts, early)
        opened.append(session)
        yield session
        session.alive = False

    monkeypatch.setattr(executors, "open_session", open_session)
    return opened


def run(names, jobs: int = 2, early: object = None) -> dict[str, Verdicts]:
    """What each piece got."""
    executor = Local(jobs, "auto", "cpu", early)
    results = [(done.key, v) for done, v in executor.run(piece(name) for name in names)]
    assert len(results) == len(dict(results))
    return dict(results)


def lose(session: FakeSession) -> None:
    """The runner is killed."""
    raise RunnerLost("gone")


def take_all(session: FakeSession) -> None:
    """The forkserver is killed, and every runner with it."""
    session.alive = False
    raise RunnerLost("gone")


def test_every_piece_gets_its_own_result(sessions):
    """In whatever order."""
    names = [f"s{number}" for number in range(50)]

    assert run(names, jobs=3) == {name: Verdicts(stdout=name) for name in names}


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_no_more_are_at_work_than_there_are_jobs(sessions, jobs):
    """And as many as that."""
    run([f"s{number}" for number in range(20)], jobs)

    assert [session.most_busy for session in sessions] == [jobs]


def test_work_is_asked_for_when_there_is_somebody_to_do_it(sessions):
    """Two thousand submissions are not all in memory."""
    asked = []

    def work():
        for number in range(30):
            asked.append(number)
            yield piece(str(number))

    results = Local(2, "auto", "cpu").run(work())
    for _ in range(5):
        next(results)

    assert len(asked) <= 5 + 2
    results.close()


def test_a_submission_that_always_costs_its_runner_has_failed(sessions):
    """The others keep what they have; it ends as its own student's result."""
    sessions.acts["bad"] = lose

    results = run(["a", "bad", "b", "c"])

    assert results.pop("bad") == Verdicts(error=GIVEN_UP)
    assert results == {name: Verdicts(stdout=name) for name in "abc"}


def test_what_was_lost_through_others_is_graded_again(sessions):
    """A forkserver that dies takes all its runners along; that is nobody's fault but one's."""
    sessions.acts["bomb"] = take_all

    results = run(["a", "bomb", "b", "c", "d"], jobs=3, early="a forkserver")

    assert results.pop("bomb") == Verdicts(error=GIVEN_UP)
    assert results == {name: Verdicts(stdout=name) for name in "abcd"}
    assert len(sessions) > 1
    assert [session.early for session in sessions[:2]] == ["a forkserver", None]


def test_what_was_lost_once_is_graded_in_the_end(sessions):
    """The system may have been short of memory for a moment."""
    lost = iter([lose])
    sessions.acts["unlucky"] = lambda session: next(lost, lambda s: None)(session)

    assert run(["a", "unlucky"])["unlucky"] == Verdicts(stdout="unlucky")


def test_what_is_nobodys_submission_stops_the_batch(sessions):
    """A broken suite would give everybody nothing."""

    def broken(session):
        raise CourseError("the suite is broken")

    sessions.acts["b"] = broken
    with pytest.raises(CourseError, match="the suite is broken"):
        run(["a", "b", "c"])

    assert not any(session.alive for session in sessions)
