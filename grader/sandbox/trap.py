"""The net for forbidden calls that works at run time: the kernels of forbidden operators.

Whatever name a call was made under, by an alias, through `torch.ops`, from a thread or compiled by
jit, it ends in an operator of the dispatcher. Its kernels are replaced by one that takes a note
and refuses. This runs beside student code, so it is a net and no wall: the runner also reads the
text of the submission.
"""

import fnmatch
import sys
import warnings
from collections.abc import Callable, Container, Iterator, Sequence
from functools import cache
from typing import Any

import torch

# An operator may be run on tensors of another layout, be sent to a backend that has no kernel of
# its own, or be taken apart by vmap and its kin: the kernels that would then do are replaced, too.
KEYS = (
    "CPU",
    "MkldnnCPU",
    "QuantizedCPU",
    "NestedTensorCPU",
    "CompositeExplicitAutograd",
    "CompositeImplicitAutograd",
    "FuncTorchBatched",
    "FuncTorchBatchedDecomposition",
)
# Where vmap and its kin come by, whatever an operator is made of.
TRANSFORMS = "FuncTorchDynamicLayerFrontMode"


@cache
def _all_operators() -> dict[str, list[str]]:
    """The operators of torch, each with its overloads: `aten::linear` and `aten::linear.out`."""
    overloads: dict[str, list[str]] = {}
    for name in torch._C._dispatch_get_all_op_names():
        overloads.setdefault(name.partition(".")[0], []).append(name)
    return overloads


class ForbiddenCall(BaseException):
    """Raised by a trapped operator; no `except Exception` of a submission catches it."""


class Trap:
    """Replaced kernels, and a note of each time that one was run.

    `own` are the names of the submission's files.
    """

    def __init__(self) -> None:
        self.own: Container[str] = ()
        self._notes: list[list[Any]] = []
        self._libraries: list[torch.library.Library] = []

    def set(self, operators: Sequence[str], device: str) -> None:
        """Replace the kernels of some operators for good.

        They are those of `aten`, by name; others are named by a pattern: `quantized::conv*`.
        """
        libraries: dict[str, torch.library.Library] = {}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # torch warns that a kernel is overridden
            for overload, key in _kernels_of(operators, device):
                space, _, name = overload.partition("::")
                if space not in libraries:
                    libraries[space] = torch.library.Library(space, "IMPL")
                libraries[space].impl(name, self._refusal(name.partition(".")[0]), key)
        self._libraries += libraries.values()

    def take_notes(self) -> list[list[Any]]:
        """`[operator, line]` of each refused call since the last time."""
        notes, self._notes = self._notes, []
        return notes

    def _refusal(self, operator: str) -> Callable[..., Any]:
        def refuse(*_args: Any, **_kwargs: Any) -> Any:
            self._notes.append([operator, self._line()])
            raise ForbiddenCall(f"{operator} is not allowed in this exercise")

        return refuse

    def _line(self) -> int | None:
        """The line of the submission that is being executed in this thread."""
        frame = sys._getframe()
        while frame is not None:
            if frame.f_code.co_filename in self.own:
                return frame.f_lineno
            frame = frame.f_back  # type: ignore[assignment]
        return None


def _kernels_of(operators: Sequence[str], device: str) -> Iterator[tuple[str, str]]:
    """What has to be replaced for some operators to be refused: an overload and a dispatch key."""
    always = dict.fromkeys(("CPU", device.partition(":")[0].upper(), TRANSFORMS))
    names = dict.fromkeys(name for operator in operators for name in _matching(operator))
    for name in names:
        for overload in _all_operators()[name]:
            for key in dict.fromkeys((*KEYS, *always)):
                if key in always or torch._C._dispatch_has_kernel_for_dispatch_key(overload, key):
                    yield overload, key


def _matching(operator: str) -> list[str]:
    """The full names that an operator of an `exercise.toml` stands for, where torch has them."""
    known = _all_operators()
    if "::" in operator:
        return fnmatch.filter(known, operator)
    return [name for name in (f"aten::{operator}",) if name in known]
