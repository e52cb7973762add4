"""In what order a class is graded."""

from pathlib import Path

import pytest

from grader import course
from grader.batch.driver import Batch
from grader.batch.journal import open_journal
from grader.batch.model import HandIn, Intake, Student
from grader.grade import Settings
from grader.model import Verdicts

ONES = "def corr2d(X, K):\n    return 1\n"
COUNTS = "def corr2d(X, K):\n    n = 0\n    while n < 3:\n        n += 1\n    return n\n"
SPEAKS = 'def corr2d(X, K):\n    """Sums all the while."""\n    meanwhile = 1\n    return 2\n'


class Order(list):
    """An executor that notes who comes when."""

    def run(self, work):
        """Give everybody a result of nothing."""
        for piece in work:
            (layer,) = piece.job.layers
            self.append(Path(layer.path).parent.name)
            yield piece, Verdicts()


@pytest.fixture
def batch(tmp_path) -> Batch:
    """Four students, one of whom has a loop that may be endless."""
    (exercise,) = course.find(["exercise1"])
    handins = []
    for name, text in {"ada": ONES, "bob": SPEAKS, "eve": COUNTS, "zoe": ONES + "\n"}.items():
        file = tmp_path / name / "corr2d.py"
        file.parent.mkdir()
        file.write_text(text, "utf-8")
        origin = f"{name}/corr2d.py"
        handins.append(HandIn(Student(name), exercise.stem, file, origin))
    intake = Intake("folders", tuple(h.student for h in handins), tuple(handins), ())
    return Batch(intake, [exercise], Settings(seed=1), "strict")


def test_who_may_take_long_goes_first_and_the_others_as_they_were_handed_in(batch, tmp_path):
    """An endless loop that is begun last would keep everybody waiting for its limits alone."""
    order = Order()
    with open_journal(tmp_path / "results") as kept:
        batch.grade(kept, order, lambda *_: None)

    assert order == ["eve", "ada", "bob", "zoe"]
