"""Keeps torch's compiler out of a process until somebody compiles.

Whoever makes the first optimizer imports it, and waits for a second, only to have it told that
nothing of an optimizer is to be compiled.
"""

import importlib
import sys
import types
from collections.abc import Callable
from typing import Any

NAME = "torch._dynamo"


class _NotYet(types.ModuleType):
    """The compiler as optimizers know it; asked for anything else, it gives way to the real one."""

    @staticmethod
    def disable(function: Callable[..., Any], *_how: Any, **_options: Any) -> Callable[..., Any]:
        """`function`, which nobody compiles."""
        return function

    @staticmethod
    def graph_break() -> None:
        """There is no graph."""

    def __getattr__(self, name: str) -> Any:
        # Python looks for some of these in every module; only `__path__` says that it is needed.
        if name.startswith("__") and name != "__path__":
            raise AttributeError(name)
        if sys.modules.get(NAME) is self:
            del sys.modules[NAME]
        return getattr(importlib.import_module(NAME), name)


def put_off() -> None:
    """Have the compiler imported when it is needed; once a process, after torch."""
    if NAME not in sys.modules:
        sys.modules[NAME] = _NotYet(NAME)
