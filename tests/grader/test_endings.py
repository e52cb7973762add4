"""Every way in which a grading can end, run as its user would, in the real sandbox."""

import tempfile
from pathlib import Path

import pytest

from grader import course, grade
from grader.grade import Settings
from grader.model import ExerciseResult
from grader.sandbox.session import Session, open_session

FOLDER = Path(__file__).parent / "endings"
ENDINGS = sorted(FOLDER.glob("*.py"))
TASK = "corr2d_multi_in"
(EXERCISE,) = course.find(["exercise1"])
# Long enough for an honest check on a busy machine: it is the worker's own time that is counted.
SECONDS = 1.0


DEEP = "import os\nfor _ in range(2_000):\n    os.mkdir('e')\n    os.chdir('e')\n"
# A fresh interpreter for every worker takes seconds, so `process` is tried on these alone.
FRESHLY_STARTED = {
    "syntax_error", "hard_exit", "loop", "crash", "memory_of_torch", "wrong_type", "not_written",
    "forbidden_in_disguise",
}  # fmt: skip


@pytest.fixture(scope="module")
def strict():
    """The full sandbox."""
    with open_session("strict") as session:
        yield session


def graded(path: Path, session: Session) -> ExerciseResult:
    """One submission, one task."""
    settings = Settings(seed=1, tasks=(TASK,), seconds=SECONDS)
    return grade.grade_file(EXERCISE, path, settings, session)


def story_of(result: ExerciseResult) -> tuple[str, str]:
    """The status and the message that an ending is told with."""
    if result.error is not None:
        return "import", result.error
    check = result.tasks[0].checks[0]
    return check.status, check.message


def promised(path: Path) -> tuple[str, str]:
    """What the first line of a file says."""
    status, _, words = path.read_text("utf-8").partition("\n")[0].lstrip("# ").partition(" | ")
    return status, words


@pytest.mark.parametrize("path", ENDINGS, ids=lambda path: path.stem)
def test_an_ending_is_told_in_words(path: Path, strict: Session):
    """The status and the sentence are those that the file's first line promises."""
    result = graded(path, strict)

    status, message = story_of(result)
    assert (status, result.score) == (promised(path)[0], 0)
    assert promised(path)[1] in message


@pytest.mark.parametrize(
    "path", [path for path in ENDINGS if path.stem in FRESHLY_STARTED], ids=lambda path: path.stem
)
def test_an_ending_is_told_alike_without_a_forkserver(path: Path):
    """`process`, which does without fork and without the Linux sandbox, tells the same story."""
    with open_session("process") as session:
        result = graded(path, session)

    status, message = story_of(result)
    assert (status, result.score) == (promised(path)[0], 0)
    assert promised(path)[1] in message


def test_an_endless_loop_does_not_cost_its_limit_again_and_again(strict: Session):
    """Each check has its chance all the same: another one of the task may come to an end."""
    result = graded(FOLDER / "loop.py", strict)

    (task,) = result.tasks
    messages = [check.message for check in task.checks if check.status == "timeout"]
    assert len(messages) > 2
    assert messages[0] == "it was still running after 1 s; it was in the loop of line 3"
    assert all(
        told.startswith("it was still running after 0.5 s, which is") for told in messages[1:]
    )


def test_a_large_submission_is_graded_like_a_small_one(strict: Session, tmp_path):
    """It does not fit into a socket at once, and waits there until it is read."""
    path = tmp_path / "corr2d.py"
    path.write_text(EXERCISE.solution.read_text("utf-8") + "# a word\n" * 24_000, "utf-8")

    result = graded(path, strict)

    assert path.stat().st_size > 200_000
    assert result.score == EXERCISE.task(TASK).points


def test_folders_without_end_are_removed(strict: Session, tmp_path, monkeypatch):
    """Python's own way of removing them gives up at its limit of recursion."""
    scratch, path = tmp_path / "scratch", tmp_path / "corr2d.py"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    path.write_text(DEEP, "utf-8")

    graded(path, strict)

    assert [*scratch.iterdir()] == []


TRIES_OUT = """
ones = torch.ones(1, 1, 3, 3)
print("torch says", torch.nn.functional.conv2d(ones, ones).sum())
"""


@pytest.mark.parametrize("level", ["strict", "process"])
def test_a_file_may_call_what_its_tasks_may_not(level: str, tmp_path: Path):
    """While it is imported: to compare, say. What it prints then comes once."""
    right, wrong = tmp_path / "right.py", tmp_path / "wrong.py"
    right.write_text(EXERCISE.solution.read_text("utf-8") + TRIES_OUT, "utf-8")
    wrong.write_text(f"import torch\n{TRIES_OUT}\ndef {TASK}(X, K):\n    return X\n", "utf-8")
    with open_session(level) as session:
        solved, failed = graded(right, session), graded(wrong, session)

    assert solved.score == solved.max_score
    assert failed.tasks[0].checks[0].stdout.count("torch says tensor(9.)") == 1
