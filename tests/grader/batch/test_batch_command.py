"""`grade batch` as a teacher runs it."""

import contextlib
import csv
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from grader import course
from grader.sandbox.session import choose_level

GRADE = [sys.executable, "-m", "grader", "batch"]
(EXERCISE,) = course.find(["exercise1"])
SOLUTION = EXERCISE.solution.read_text("utf-8")
# The last definition of a name counts.
FLIPPED = SOLUTION + (EXERCISE.suite / "wrong" / "kernel_flipped.py").read_text("utf-8")
LOOPS = SOLUTION + "\ndef corr2d_multi_in(X, K):\n    while True:\n        pass\n"

pytestmark = pytest.mark.skipif(
    choose_level("auto") != "strict", reason="it would take minutes without a forkserver"
)


def batch(*arguments: object, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run it, and see that it ends well."""
    command = [*GRADE, *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert not check or done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return done


@pytest.fixture
def handed_in(tmp_path):
    """Makes a folder of submissions from names and texts."""

    def make(**texts: str) -> Path:
        folder = tmp_path / "submissions"
        for name, text in texts.items():
            (folder / name).mkdir(parents=True, exist_ok=True)
            (folder / name / "corr2d.py").write_text(text, "utf-8")
        return folder

    return make


def scores(results: Path) -> dict[str, int]:
    """Who has how many points."""
    with open(results / "gradebook.csv", encoding="utf-8-sig", newline="") as file:
        return {row["student"]: int(row["exercise1"]) for row in csv.DictReader(file)}


def forkservers() -> set[int]:
    """The forkservers of this machine, by pid, once those that were told to end have ended."""
    time.sleep(0.2)
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if b"\0forkserver\0" in (folder / "cmdline").read_bytes():
                found.add(int(folder.name))
    return found


def kept(results: Path) -> int:
    """How many results are in the journal."""
    connection = sqlite3.connect(results / "results.sqlite")
    (count,) = connection.execute("SELECT count(*) FROM results").fetchone()
    connection.close()
    return count


def test_a_folder_becomes_a_gradebook(handed_in, tmp_path):
    """Somebody is right, somebody wrong; one loops, one cannot be imported, one is missing."""
    folder = handed_in(ann=SOLUTION, bob=FLIPPED, cy=LOOPS, dan="import nothing_like_this\n")
    (folder / "eve").mkdir()
    (folder / "eve" / "notes.txt").write_text("I was ill.")

    done = batch(folder, "-o", tmp_path / "r", "--timeout", 2, "--seed", 5)

    result = scores(tmp_path / "r")
    assert (result["ann"], result["dan"], result["eve"]) == (100, 0, 0)
    assert 0 < result["bob"] < 100
    assert 0 < result["cy"] < 100
    assert "4 graded, 1 of them with all points" in done.stdout
    assert "eve/notes.txt" in done.stderr
    report = json.loads((tmp_path / "r/reports/bob" / f"{EXERCISE.stem}.json").read_text())
    assert report["seed"] == 5
    named = [c["diagnosis"] for t in report["exercises"][0]["tasks"] for c in t["checks"]]
    assert {"kernel-flipped"} <= {found["id"] for found in named if found}
    page = (tmp_path / "r/report.html").read_text("utf-8")
    assert f"reports/cy/{EXERCISE.stem}.html" in page
    assert (tmp_path / "r" / f"reports/cy/{EXERCISE.stem}.html").is_file()


def test_a_second_run_grades_only_what_is_new_or_changed(handed_in, tmp_path):
    """With the inputs of the first run; and says whose points changed."""
    folder = handed_in(ann=SOLUTION, bob=FLIPPED, cy=SOLUTION)
    batch(folder, "-o", tmp_path / "r")
    assert kept(tmp_path / "r") == 2  # the same file twice is graded once
    before = scores(tmp_path / "r")

    again = batch(folder, "-o", tmp_path / "r", "--resume")
    handed_in(bob=SOLUTION + "\n# mended\n", dan=FLIPPED)
    done = batch(folder, "-o", tmp_path / "r")

    assert "2 of 2 graded" in again.stderr
    assert "changed since" not in again.stderr
    assert kept(tmp_path / "r") == 3
    assert f"bob, {EXERCISE.stem}: {before['bob']} → 100" in done.stderr
    assert scores(tmp_path / "r") == before | {"bob": 100, "dan": before["bob"]}


@pytest.mark.parametrize("more", [[], ["--exercise", "exercise99"]])
def test_a_forkserver_that_nobody_needs_is_ended(handed_in, tmp_path, more):
    """It is started before it is known that all is graded, or that nothing can be."""
    arguments = [handed_in(ann="x = ("), "-o", tmp_path / "r"]
    batch(*arguments)
    before = forkservers()

    # With a pipe at its end, one that goes on would be waited for.
    subprocess.run([*GRADE, *arguments, *more], stderr=subprocess.DEVNULL, timeout=60)

    assert forkservers() == before


def test_grading_anew_gives_the_same(handed_in, tmp_path):
    """--no-resume: nothing of what was kept is used but the seed."""
    folder = handed_in(ann=SOLUTION, bob=FLIPPED)
    batch(folder, "-o", tmp_path / "r")
    before = scores(tmp_path / "r")

    done = batch(folder, "-o", tmp_path / "r", "--no-resume")

    assert "0 of 2 graded" in done.stderr
    assert scores(tmp_path / "r") == before


def test_an_edited_suite_grades_again(handed_in, tmp_path):
    """Who gained by it and who lost is told."""
    root = tmp_path / "course"
    for part in ("exercises", "solutions", "tests"):
        shutil.copytree(EXERCISE.root / part / EXERCISE.stem, root / part / EXERCISE.stem)
    folder = handed_in(ann=SOLUTION)
    environment = os.environ | {"HANDROLLED_COURSE": str(root)}
    command = [*GRADE, str(folder), "-o", str(tmp_path / "r")]
    subprocess.run(command, check=True, env=environment, capture_output=True)
    suite = root / "tests" / EXERCISE.stem / f"test_{EXERCISE.slug}.py"
    text = suite.read_text("utf-8").replace("def test_square(same, draw):", BROKEN)
    suite.write_text(text, "utf-8")

    done = subprocess.run(command, check=True, env=environment, capture_output=True, text=True)

    assert f"ann, {EXERCISE.stem}: 100 → " in done.stderr


BROKEN = '''def test_square(rejects, same, draw):
    """Nobody can do this."""
    rejects(lambda m: m.corr2d(draw.integers(3, 3), draw.integers(2, 2)), ValueError)


def unused(same, draw):'''


def test_killed_at_any_moment_it_goes_on_where_it_was(handed_in, tmp_path):
    """Every result once, none lost, none changed."""
    folder = handed_in(**{f"s{n}": FLIPPED + f"\n# {n}\n" for n in range(15)}, ann=SOLUTION)
    whole = tmp_path / "whole"
    batch(folder, "-o", whole, "--seed", 3)
    results, before = tmp_path / "r", 0
    for _ in range(10):
        with subprocess.Popen(
            [*GRADE, folder, "-o", results, "--seed", "3"], stderr=subprocess.DEVNULL
        ) as driver:
            time.sleep(random.uniform(1.5, 3.5))
            os.kill(driver.pid, signal.SIGKILL)
        if (results / "results.sqlite").exists():
            assert kept(results) >= before
            before = kept(results)

    batch(folder, "-o", results, "--seed", 3)

    assert kept(results) == 16
    assert scores(results) == scores(whole)
    assert not (results / ".unpacked").exists()


def test_what_else_is_in_a_repository_is_told_where_an_answer_is_missing(tmp_path):
    """A clone is full of files that are nobody's answer."""
    for name, file in (("ann", "corr2d.py"), ("bob", "my_answer.py")):
        clone = tmp_path / "e1-submissions" / f"e1-{name}"
        (clone / ".git").mkdir(parents=True)
        (clone / "setup.py").touch()
        (clone / file).write_text(SOLUTION, "utf-8")

    done = batch(tmp_path / "e1-submissions", "-o", tmp_path / "r", "--exercise", "exercise1")

    assert "e1-bob/my_answer.py" in done.stderr
    assert "e1-ann/setup.py" not in done.stderr
    assert scores(tmp_path / "r") == {"ann": 100, "bob": 0}


def test_two_exercises_of_a_student_are_handed_back_in_one_file(handed_in, tmp_path):
    """A platform takes back one file under one name."""
    folder = handed_in(ann=FLIPPED)
    (second,) = course.find(["exercise2"])
    shutil.copy(second.stub, folder / "ann")

    done = batch(folder, "-o", tmp_path / "r")

    page = (tmp_path / "r/feedback/ann/feedback.html").read_text("utf-8")
    assert "left out" not in done.stderr
    assert EXERCISE.title in page
    assert second.title in page


def test_an_export_is_filled_in(handed_in, tmp_path):
    """A copy in the results folder; the teacher's own file stays as it is."""
    folder = tmp_path / "canvas"
    folder.mkdir()
    (folder / "loveladaa_101_7_corr2d.py").write_text(SOLUTION, "utf-8")
    export = tmp_path / "export.csv"
    heading = "Student,ID,SIS Login ID,Section,exercise1 (55)\n"
    text = f'{heading}"    Points Possible",,,,10\n"Lovelace, Ada",101,ada,A,\n"B, Bo",102,bo,A,3\n'
    export.write_text(text, "utf-8")

    batch(folder, "-o", tmp_path / "r", "--exercise", "exercise1", "--into", export)

    filled = (tmp_path / "r" / "export.csv").read_text("utf-8")
    assert filled == text.replace("101,ada,A,", "101,ada,A,10")
    assert export.read_text("utf-8") == text


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nowhere"], "There is no folder or archive"),
        (["empty"], "There are no submissions in"),
        (["full", "--exercise", "exercise99"], "exercise99"),
        (["full", "--into", "nothing.csv"], "nothing.csv cannot be read"),
        (["full", "--scheduler", "tcp://127.0.0.1:9"], "No Dask scheduler answers"),
    ],
)
def test_what_cannot_be_is_said_before_anything_is_graded(
    handed_in, tmp_path, monkeypatch, arguments, sentence
):
    """Exit 2, one sentence, no gradebook."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    handed_in(ann=SOLUTION).rename(tmp_path / "full")

    done = batch(*arguments, "-o", "r", check=False)

    assert (done.returncode, done.stdout) == (2, "")
    assert sentence in done.stderr
    assert not (tmp_path / "r" / "gradebook.csv").exists()


def test_results_may_lie_among_the_submissions(handed_in):
    """They are nobody's submission."""
    folder = handed_in(ann=SOLUTION)
    for _ in range(2):
        batch(folder, "-o", folder / "results")

    assert scores(folder / "results") == {"ann": 100}
