"""Figures, misconceptions and other endings of a class."""

import pytest

from grader.batch.report import summary
from grader.model import Diagnosis, Progress, Status


def test_figures_are_of_those_who_handed_in(make):
    """Whoever handed in nothing does not pull the mean down; whoever got 0 does."""
    exercise = make.exercise()
    scores = [100, 100, 57, 0, None]
    entries = [make.entry(make.student(f"s{i}"), score, exercise) for i, score in enumerate(scores)]

    (figures,) = summary.figures(entries, [exercise])

    assert (figures.handed_in, figures.solved) == (4, 2)
    assert (figures.mean, figures.median) == (64.25, 78.5)
    assert [(b.label, b.count) for b in figures.histogram if b.count] == [
        ("0–9", 1), ("50–59", 1), ("100", 2),
    ]  # fmt: skip


@pytest.mark.parametrize(("score", "label"), [(9, "0–9"), (10, "10–19"), (99, "90–99")])
def test_bins_of_the_histogram_begin_at_the_tens(make, score, label):
    """And 99 is not 100."""
    (figures,) = summary.figures([make.entry(make.student(), score)], [make.exercise()])

    assert [b.label for b in figures.histogram if b.count] == [label]


def test_exercise_that_nobody_handed_in_has_no_averages(make):
    """There is no mean of nothing."""
    (figures,) = summary.figures([make.entry(make.student(), None)], [make.exercise()])

    assert (figures.handed_in, figures.mean, figures.median, figures.solved) == (0, None, None, 0)


def test_misconceptions_are_counted_by_students(make):
    """One with it in three checks counts once; the most common comes first."""
    rare, common = (Diagnosis(name, f"{name} idea.", "?") for name in ("rare", "common"))
    entries = [
        make.graded("a", {"pool": [rare, rare, common]}),
        make.graded("b", {"pool": [common], "unpool": [common]}),
    ]

    found = summary.misconceptions(entries)

    assert [(m.diagnosis.id, len(m.entries)) for m in found] == [("common", 2), ("rare", 1)]
    assert found[0].tasks == ("pool", "unpool")


def test_misconceptions_of_two_exercises_are_two(make):
    """They can have the same name."""
    idea = Diagnosis("bias-missing", "There is no bias.", "?")
    first, second = make.exercise(1, "one"), make.exercise(2, "two")
    entries = [make.graded("a", {"f": [idea]}, exercise=e) for e in (first, second)]

    assert [m.exercise.id for m in summary.misconceptions(entries)] == ["exercise1", "exercise2"]


def test_endings_are_told_with_their_first_sentence(make):
    """Each way of ending once an entry; an error that a misconception explains is none."""
    known = Diagnosis("known", "Known.", "?")
    entries = [
        make.graded("a", {"pool": [Status.TIMEOUT, Status.TIMEOUT, Status.CRASHED]}),
        make.graded("b", {"pool": [Status.TIMEOUT, Status.ERROR]}),
        make.graded("c", {"pool": [Status.FAILED, Status.PASSED, known]}, status=Status.ERROR),
        make.entry(make.student("d"), 0, error="line 3: SyntaxError"),
        make.graded("e", {"pool": [Status.NOT_IMPLEMENTED]}, progress=Progress.NOT_STARTED),
        make.entry(make.student("f"), None),
    ]

    told = {
        ending.words: [(entry.handin.student.key, said) for entry, said in ending.cases]
        for ending in summary.endings(entries)
    }

    assert told == {
        "Cannot be imported": [("d", "line 3: SyntaxError")],
        "Nothing written yet": [("e", "")],
        "Ran out of time": [("a", "pool: check 0"), ("b", "pool: check 0")],
        "Crashed": [("a", "pool: check 2")],
        "An error instead of a result": [("b", "pool: check 1")],
    }
