"""Torch is imported sooner, and works as ever."""

import dataclasses
import inspect
import subprocess
import sys

import pytest

from grader.sandbox import preload
from grader.sandbox.preload import preloading

WORKS = """
assert torch.nn.functional.conv2d(torch.ones(1, 1, 3, 3), torch.ones(1, 1, 2, 2)).sum() == 16
x = torch.ones(2, requires_grad=True)
x.square().sum().backward()
assert x.grad.tolist() == [2, 2]
"""


def run(script: str) -> None:
    """Run a script in a fresh interpreter."""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="it is done on Linux alone")
def test_it_is_linked_before_torch_is_imported():
    """And by this alone: Python's part of torch is not there yet."""
    run(
        "import sys\n"
        "from grader.sandbox.preload import preloading\n"
        "with preloading():\n    pass\n"
        "assert 'torch' not in sys.modules\n"
        "assert 'libtorch_cpu.so' in open('/proc/self/maps').read()\n"
    )


def test_torch_works_when_it_is_imported_meanwhile():
    """It waits for the library where it needs it."""
    run(
        "from grader.sandbox.preload import preloading\n"
        f"with preloading():\n    import torch\n{WORKS}"
    )


def test_torch_works_where_nothing_can_be_preloaded():
    """A build without that library, say."""
    run(
        "from grader.sandbox import preload\n"
        "preload.LIBRARIES = (('libnothing.so', 2),)\n"
        f"with preload.preloading():\n    import torch\n{WORKS}"
    )


def own_frame():
    """A frame of this module."""
    return inspect.currentframe()


def test_a_frame_is_in_the_same_place_meanwhile():
    """Its lines of text are left out; nobody asks for them."""
    before = inspect.getframeinfo(own_frame())
    with preloading():
        assert inspect.getmodule(own_frame()) is sys.modules[__name__]
        assert inspect.getmodule(preloading) is sys.modules["grader.sandbox.preload"]
        meanwhile = inspect.getframeinfo(own_frame())

    assert meanwhile.code_context is None
    assert meanwhile[:3] == before[:3]


def test_a_dataclass_that_is_made_meanwhile_is_one(monkeypatch):
    """Two of the same text have their methods compiled once, and each has its own defaults."""
    compiled = []

    def compile_and_count(text, *how):
        compiled.append(text)
        return compile(text, *how)

    monkeypatch.setattr(preload, "compile", compile_and_count, raising=False)
    made = []
    with preloading():
        for default in (1, 2):
            fields = [("x", int, dataclasses.field(default=default))]
            made.append(dataclasses.make_dataclass("Made", fields, order=True))
    first, second = made

    assert [first().x, second().x, second(3).x] == [1, 2, 3]
    assert repr(first()) == "Made(x=1)"
    assert first() == first(1) != second(1)
    assert first() < first(5)
    assert 0 < len(compiled) == len(set(compiled))


def test_python_is_as_it_was_afterwards():
    """Also when what was imported failed."""
    before = inspect.getmodule, inspect.getframeinfo
    with pytest.raises(ImportError), preloading():
        raise ImportError

    assert (inspect.getmodule, inspect.getframeinfo) == before
    assert not hasattr(dataclasses, "exec")
