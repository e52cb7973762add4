"""The command line as a student meets it."""

import subprocess
import sys

import pytest
from click.testing import CliRunner

from grader import course
from grader.cli import main

GRADE = [sys.executable, "-m", "grader"]
SOLUTIONS = ["--submission", str(course.root() / "solutions")]


def test_of_several_exercises_those_without_the_task_are_left_out():
    """An exercise of no points would be nobody's success."""
    done = subprocess.run(
        [*GRADE, "exercise1", "exercise2", *SOLUTIONS, "--task", "corr2d", "--quiet"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert done.stdout == "exercise1 30/30\n"


@pytest.mark.parametrize("width", [40, 60, 80, 100])
def test_a_sentence_of_an_error_is_broken_between_words(monkeypatch, width):
    """And a command that it names not at all."""
    monkeypatch.setenv("COLUMNS", str(width))
    arguments = ["exercise1", "--task", "a_name_that_no_task_has"]
    plain = CliRunner().invoke(main, arguments).stderr
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda stream: True)

    shown = CliRunner().invoke(main, arguments).stderr

    assert plain.count("\n") == 1
    assert shown.split() == plain.split()
    assert max(map(len, shown.splitlines())) <= width
