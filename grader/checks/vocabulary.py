"""What a suite imports: the marker of a check, and helpers for experiments."""

from collections.abc import Callable
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


def random_numbers(m: Subject, count: int) -> Any:
    """The next `count` numbers of the examined process's global generator."""
    return m._ask("random", count=count)
