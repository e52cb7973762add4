"""Statements: whole, and with the names that they bind, use and touch."""

import ast

import pytest

from grader.batch.statements import needed, statements


def parts(source):
    """The statements of a text."""
    return list(statements(source, ast.parse(source)))


def kept(source, *names):
    """The text of the statements that the names need."""
    every = parts(source)
    found = needed(every, names)
    return [statement.text for statement in every if statement in found]


def test_the_text_of_a_statement_is_whole():
    """With its decorators and comments; behind a semicolon; bytes are not letters."""
    source = (
        '@f\n@g(1)\ndef é():\n    # why\n    return "ü"\nx = "ö"; y = """a\nb"""; z = 3  # three\n'
    )

    assert [statement.text for statement in parts(source)] == [
        '@f\n@g(1)\ndef é():\n    # why\n    return "ü"',
        'x = "ö"',
        'y = """a\nb"""',
        "z = 3",
    ]


@pytest.mark.parametrize(
    ("source", "binds", "uses"),
    [
        ("import torch.nn as nn, os.path", {"nn", "os"}, set()),
        ("from torch import nn as n", {"n"}, set()),
        ("a, (b, *c) = d", {"a", "b", "c"}, {"d"}),
        ("a.b = c", set(), {"a", "c"}),
        ("def f(x, y=z): return x + g(y)", {"f"}, {"z", "g"}),
        ("def f():\n x = 1\n return lambda: x + h", {"f"}, {"h"}),
        ("class C(B):\n a = k\n def m(self): return self.a + q", {"C"}, {"B", "k", "q"}),
        ("def f(x: T) -> U: ...", {"f"}, {"T", "U"}),
        ("v = [i + j for i in range(3)]", {"v"}, {"j", "range"}),
        ("for i in r: s = i", {"i", "s"}, {"i", "r"}),
        ("try:\n import a\nexcept ImportError:\n a = None", {"a"}, {"ImportError"}),
        ("with open(p) as q: pass", {"q"}, {"open", "p"}),
        ("def f():\n global g\n g = 1", {"f"}, {"g"}),
        ("plot(x)", set(), {"plot", "x"}),
        ("del x", set(), set()),
    ],
)
def test_global_names_are_told_from_local_ones(source, binds, uses):
    """As Python itself tells them."""
    (statement,) = parts(source)

    assert (statement.binds, statement.uses) == (binds, uses)


@pytest.mark.parametrize(
    ("source", "touches"),
    [
        ("Net.forward = f", {"Net"}),
        ("Net.table['a'].b = f", {"Net"}),
        ("Net.count += 1", {"Net"}),
        ("@add_to(Net)\ndef forward(self): ...", {"Net"}),
        ("@cache\ndef f(): ...", set()),
        ("x = Net", set()),
        ("f(Net).x = 1", set()),
    ],
)
def test_what_changes_a_thing_touches_its_name(source, touches):
    """A class may get its methods later."""
    assert parts(source)[0].touches == touches


def test_what_names_need_is_kept_in_order():
    """Directly or not, and nothing else."""
    source = (
        "import os\nimport math\nN = 3\nX = load()\n"
        "def helper(x): return math.sin(x) * N\n"
        "def other(): return os\n"
        "def task(X): return helper(X)\n"
        "print(task(X))\n"
    )

    assert kept(source, "task") == [
        "import math",
        "N = 3",
        "def helper(x): return math.sin(x) * N",
        "def task(X): return helper(X)",
    ]


def test_all_definitions_of_a_name_are_kept():
    """The last one wins when they run, and may need the one before."""
    source = "def f(): return 1\ng = f\ndef f(): return g() + 1\n"

    assert kept(source, "f") == ["def f(): return 1", "g = f", "def f(): return g() + 1"]


def test_methods_that_come_later_are_kept():
    """With what they need."""
    source = (
        "from d2l import add_to\nclass Net: pass\nK = 2\n"
        "@add_to(Net)\ndef forward(self): return K\n"
        "Net.backward = None\n"
        "@add_to(Other)\ndef forward(self): return 1\n"
    )

    assert kept(source, "Net") == [
        "from d2l import add_to",
        "class Net: pass",
        "K = 2",
        "@add_to(Net)\ndef forward(self): return K",
        "Net.backward = None",
    ]


def test_imports_of_everything_are_kept():
    """Nobody knows what they bind."""
    source = "from __future__ import annotations\nfrom math import *\nimport os\ndef f(): ...\n"

    assert kept(source, "f") == [
        "from __future__ import annotations",
        "from math import *",
        "def f(): ...",
    ]


def test_functions_that_need_each_other_come_to_an_end():
    """A circle is no reason to go round for ever."""
    assert len(kept("def f(): g()\ndef g(): f()\n", "f")) == 2
