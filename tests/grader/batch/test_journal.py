"""The journal of a batch: what it holds survives whatever happens to the program."""

import os
import signal
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from grader import course
from grader.batch.journal import FILE_NAME, Journal, key_of, open_journal
from grader.batch.model import Change
from grader.errors import UsageError
from grader.grade import Settings, job_of
from grader.model import CheckResult, Planes, Status, Submission, Verdicts

NAN = float("nan")
PLANES = Planes("Y", ((1.0, float("inf")),), ((2.0, -0.0),))
CHECK = CheckResult("f/a", "f", "A title", Status.FAILED, 0, 4, 0.25, "wrong", planes=PLANES)
VERDICTS = Verdicts((CHECK,), {"f": ("g",)}, None, "printed\x1b[31m")


@pytest.fixture
def job():
    """A submission to the first exercise."""
    (exercise,) = course.find(["exercise1"])
    return job_of(exercise, (Submission("a/corr2d.py", b"", "1f"),), Settings(seed=3))


def test_a_result_comes_back_as_it_was(tmp_path):
    """Also in another run, with numbers that JSON does not know."""
    with open_journal(tmp_path) as journal:
        assert not journal.has("k")
        journal.keep("k", VERDICTS)

    with open_journal(tmp_path) as journal:
        assert journal.has("k")
        assert journal.result("k") == VERDICTS


def test_the_first_result_of_a_key_counts(tmp_path):
    """Work may be done twice on a cluster; a result that was told does not change."""
    with open_journal(tmp_path) as journal:
        journal.keep("k", VERDICTS)
        journal.keep("k", Verdicts(error="another"))

        assert journal.result("k") == VERDICTS


def test_a_missing_result_is_an_error(tmp_path):
    """It is never taken for no points."""
    with open_journal(tmp_path) as journal, pytest.raises(KeyError):
        journal.result("k")


@pytest.mark.parametrize(
    "other",
    [
        lambda job: replace(job, layers=(Submission("a/corr2d.py", b"", "2f"),)),
        lambda job: replace(job, seed=4),
        lambda job: replace(job, device="cuda"),
        lambda job: replace(job, limits=replace(job.limits, seconds=3.5)),
        lambda job: replace(job, limits=replace(job.limits, memory_mb=100)),
        lambda job: replace(job, tasks=job.tasks[:1]),
        lambda job: replace(job, exercise=replace(job.exercise, stem="exercise02_other")),
    ],
)
def test_what_a_result_depends_on_is_in_its_key(job, other):
    """Otherwise a change would go unnoticed."""
    assert key_of(other(job), "suite", "1.0") != key_of(job, "suite", "1.0")


def test_the_suite_and_the_grader_are_in_the_key_and_the_path_is_not(job):
    """Two students with one file have one result."""
    elsewhere = replace(job, layers=(Submission("b/corr2d.py", b"", "1f"),))

    assert key_of(job, "edited", "1.0") != key_of(job, "suite", "1.0")
    assert key_of(job, "suite", "1.1") != key_of(job, "suite", "1.0")
    assert key_of(elsewhere, "suite", "1.0") == key_of(job, "suite", "1.0")


def test_the_first_run_chooses_and_later_ones_keep_to_it(tmp_path):
    """The seed, above all: half a class with other inputs would not be fair."""
    with open_journal(tmp_path) as journal:
        assert journal.setting("seed", "7") == "7"

    with open_journal(tmp_path) as journal:
        assert journal.setting("seed", "8") == "7"
        journal.set("seed", "9")
        assert journal.setting("seed", "8") == "9"


def test_who_gained_and_who_lost_is_told_once(tmp_path):
    """New students have changed nothing."""
    with open_journal(tmp_path) as journal:
        assert journal.stand({("ann", "e1"): 40, ("bob", "e1"): 100}) == []
        later = {("ann", "e1"): 60, ("bob", "e1"): 90, ("cy", "e1"): 10}

        changes = journal.stand(later)

        assert changes == [Change("ann", "e1", 40, 60), Change("bob", "e1", 100, 90)]
        assert journal.stand(later) == []


def test_grading_anew_forgets_results_and_no_standing(tmp_path):
    """So that it can say what changed by it."""
    with open_journal(tmp_path) as journal:
        journal.keep("k", VERDICTS)
        journal.stand({("ann", "e1"): 40})
        journal.forget_results()

        assert not journal.has("k")
        assert journal.stand({("ann", "e1"): 41}) == [Change("ann", "e1", 40, 41)]


def test_two_runs_do_not_share_a_folder(tmp_path):
    """The second is told so, and harms nothing."""
    with (
        open_journal(tmp_path),
        pytest.raises(UsageError, match="Another grade batch is at work"),
        open_journal(tmp_path),
    ):
        pass


def test_a_file_that_is_no_journal_is_left_alone(tmp_path):
    """It may be somebody's."""
    (tmp_path / FILE_NAME).write_bytes(b"a,b\n1,2\n" * 1000)

    with pytest.raises(UsageError, match="is not a journal"), open_journal(tmp_path):
        pass

    assert (tmp_path / FILE_NAME).read_bytes() == b"a,b\n1,2\n" * 1000


def test_a_folder_that_cannot_be_is_a_sentence(tmp_path):
    """Not a traceback."""
    (tmp_path / "file").touch()

    with pytest.raises(UsageError, match="cannot be written to"), open_journal(tmp_path / "file"):
        pass


def test_what_is_kept_is_there_after_a_kill(tmp_path):
    """`keep` returns when the result is on disk, and the number is printed after that."""
    script = (
        "import sys; from pathlib import Path\n"
        "from grader.batch.journal import open_journal; from grader.model import Verdicts\n"
        "with open_journal(Path(sys.argv[1])) as journal:\n"
        "    for number in range(10**6):\n"
        "        journal.keep(str(number), Verdicts(stdout='x' * 2000))\n"
        "        print(number, flush=True)\n"
    )
    for until in (1, 7, 40):
        folder = tmp_path / str(until)
        with subprocess.Popen(
            [sys.executable, "-c", script, folder], stdout=subprocess.PIPE, text=True
        ) as writer:
            assert writer.stdout is not None
            told = [next(writer.stdout) for _ in range(until)]
            os.kill(writer.pid, signal.SIGKILL)

        with open_journal(folder) as journal:
            assert all(journal.has(line.strip()) for line in told)


def test_results_are_kept_in_a_table_that_others_can_read(tmp_path):
    """An SQLite file, in write-ahead mode."""
    with open_journal(tmp_path) as journal:
        assert isinstance(journal, Journal)
        journal.keep("k", VERDICTS)
        with sqlite3.connect(Path(tmp_path, FILE_NAME)) as other:
            assert other.execute("SELECT key FROM results").fetchall() == [("k",)]
            assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        other.close()
