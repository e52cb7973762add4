"""What a suite imports: the marker of a check, and helpers for experiments."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import torch

from grader.sandbox.proxy import Function, Handle, Subject

Test = TypeVar("Test", bound=Callable[..., None])


@dataclass(frozen=True)
class Points:
    """What a check is worth, and in which task."""

    task: str
    points: int


def points(task: str, value: int) -> Callable[[Test], Test]:
    """Mark a test function as a check of `task` that is worth `value` points."""

    def mark(test: Test) -> Test:
        test.points = Points(task, value)  # type: ignore[attr-defined]
        return test

    return mark


def gradients(function: Function | Handle, *inputs: Any, **options: Any) -> dict[str, Any]:
    """`{"result": …, "gradient of X": …, …}` for each floating input and each parameter.

    The result's first floating tensor is weighted with fixed small integers and summed; a
    gradient that does not reach an input is None.
    """
    return function.gradients(*inputs, **options)


def loaded(module: Handle, state: dict[str, torch.Tensor]) -> Handle:
    """`module` with the dtype and the values of `state`, on the device under examination."""
    module.load(state)
    return module


def two_modules(
    make: Callable[[], Handle], states: Sequence[dict[str, torch.Tensor]], *inputs: Any
) -> list[Any]:
    """What one module makes of several inputs while another one, with other values, is there.

    The other's result for the first input comes last. Whatever is left over from a call, or shared
    between two modules, shows.
    """
    one, other = [loaded(make(), state) for state in states]
    return [*(one(x) for x in inputs), other(inputs[0])]


def shapes(module: Handle, x: torch.Tensor, *names: str) -> dict[str, str]:
    """The shapes of some parameters or buffers, in words; so is one that is not there.

    The lazy layers of torch learn their shapes from a first input: `x` is such a one.
    """
    found = module.shapes(names, x)
    return {name: _in_words(found[name]) for name in names}


def _in_words(shape: Any) -> str:
    return "not there" if shape is None else f"of shape {tuple(shape)}"


def random_numbers(m: Subject, count: int) -> Any:
    """The next `count` numbers of the examined process's global generator."""
    return m._ask("random", count=count)
