"""What several of the grader's own tests need: code under examination, made of a few lines."""

import itertools
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from grader.bank import load_module, local_subject
from grader.checks.experiment import Reference, to_absolute, to_double
from grader.sandbox.proxy import Subject

# The first line of every module that is made here; what a test writes begins on line 2.
HEADER = "import torch; from torch import nn\n"


@pytest.fixture
def module(tmp_path: Path) -> Callable[[str], ModuleType]:
    """Makes a module: `module("def f(x): return x")`."""
    numbers = itertools.count()

    def make(source: str) -> ModuleType:
        path = tmp_path / f"answer{next(numbers)}.py"
        path.write_text(HEADER + source.lstrip("\n"))
        return load_module(path)

    return make


@pytest.fixture
def subject(module) -> Callable[..., Subject]:
    """Makes what a suite calls `m` of one source text, or of several laid over each other."""
    return lambda *sources: local_subject(*map(module, sources))


@pytest.fixture
def reference(module) -> Callable[[str], Reference]:
    """Makes a reference in its three castings of source text."""

    def make(source: str) -> Reference:
        code = module(source)
        return Reference(
            plain=local_subject(code),
            double=local_subject(code, cast=to_double),
            absolute=local_subject(code, cast=to_absolute),
        )

    return make
