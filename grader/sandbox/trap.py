"""The net for forbidden calls that works at run time: the kernels of forbidden operators.

Whatever name a call was made under, by an alias, through `torch.ops`, from a thread or compiled by
jit, it ends in an operator of the dispatcher. Its kernel is replaced by one that takes a note
and refuses. This runs beside student code, so it is a net and no wall: the runner also reads the
text of the submission.
"""

import sys
import warnings
from collections.abc import Callable, Iterable
from typing import Any

import torch


class ForbiddenCall(BaseException):
    """Raised by a trapped operator; no `except Exception` of a submission catches it."""


class Trap:
    """Replaced kernels, and a note of each time that one was run."""

    def __init__(self, is_own: Callable[[str], bool]) -> None:
        self._is_own = is_own
        self._notes: list[list[Any]] = []
        self._library: torch.library.Library | None = None

    def set(self, operators: Iterable[str], device: str) -> None:
        """Replace the kernels of these operators of `aten` on the CPU and on `device`, for good."""
        keys = {"CPU", device.partition(":")[0].upper()}
        self._library = torch.library.Library("aten", "IMPL")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # torch warns that a kernel is overridden
            for operator in operators:
                for key in keys:
                    self._library.impl(operator, self._refusal(operator), key)

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
            if self._is_own(frame.f_code.co_filename):
                return frame.f_lineno
            frame = frame.f_back  # type: ignore[assignment]
        return None
