"""A course of one small exercise, whole: with its solution, its suite and its other answers."""

from pathlib import Path

import pytest

from grader import course
from grader.author.release import editions
from grader.author.release.files import File

STUB = '''\
"""Exercise 1: scaling."""

import torch
from torch import Tensor


def scale(x: Tensor, factor: float) -> Tensor:
    """Multiply each entry of x by the factor, whatever the size of the two may be.

    >>> scale(torch.ones(2), 3.0)
    tensor([3., 3.])
    """
    raise NotImplementedError
'''
BODY = """\
    # The largest entry goes first, so that nothing overflows on its way.
    largest = x.abs().max().clamp(min=1.0)
    shrunk = x / largest
    grown = shrunk * factor * largest
    return grown.to(x.dtype)
"""
SOLUTION = STUB.replace("    raise NotImplementedError\n", BODY)
SUITE = '''\
"""Hidden suite of exercise 1."""

from grader.checks import points


@points("scale", 100)
def test_halves(same, draw):
    """Half of an odd number is no whole number any more."""
    odd_numbers = draw.integers(5, 3) * 2 + 1
    same(lambda m: m.scale(odd_numbers, 0.5))
'''
REFERENCE = '''\
"""Exercise 1 by torch."""

from torch import Tensor


def scale(x: Tensor, factor: float) -> Tensor:
    """Times."""
    return x * factor
'''
WRONG = '''\
"""The factor is added, and not multiplied.

Why it is wrong: to scale is to multiply, however small or large the numbers that go in.
Hint: Try it with the factor one: which numbers must come out of it again?
"""


def scale(x, factor):
    return x + factor
'''
RIGHT = '''\
"""Entry by entry, in a loop."""

import torch


def scale(x, factor):
    entries = [entry * factor for entry in x.flatten()]
    return torch.stack(entries).reshape(x.shape)
'''
TABLE = """\
title = "Scaling"
summary = "Make numbers larger."

[[tasks]]
name = "scale"
points = 100
hints = ["Which sign is it?", "Try two.", "It is one line."]
"""
LESSON = """\
# Scaling

Try it with the factor one: which numbers must come out of it again? Then try it with two.
"""
STEM = "exercise01_scale"
FILES = {
    f"exercises/{STEM}/README.md": LESSON,
    f"exercises/{STEM}/exercise.toml": TABLE,
    f"exercises/{STEM}/scale.py": STUB,
    f"solutions/{STEM}/scale.py": SOLUTION,
    f"tests/{STEM}/test_scale.py": SUITE,
    f"tests/{STEM}/reference.py": REFERENCE,
    f"tests/{STEM}/wrong/factor_added.py": WRONG,
    f"tests/{STEM}/right/plain_loop.py": RIGHT,
}


@pytest.fixture
def small_course(tmp_path, monkeypatch) -> Path:
    """The folder of the small course, which is the one that is found."""
    root = tmp_path / "course"
    for path, text in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    monkeypatch.setattr(course, "root", lambda: root)
    return root


@pytest.fixture
def students_folder(small_course, tmp_path) -> Path:
    """What a student would be given of the small course, but for the grader."""
    folder = tmp_path / "student"
    for path, text in FILES.items():
        if path.startswith("exercises/"):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_text(text, "utf-8")
    return folder


@pytest.fixture
def small_package(monkeypatch) -> None:
    """A package of one file, which is built and looked through faster than the grader."""
    files = {"grader/__init__.py": File(b'__version__ = "0"\n')}
    monkeypatch.setattr(editions, "package", lambda: files)
