"""Values, and what is wrong with them, in words."""

from typing import Any

import torch

from grader.sandbox.proxy import Handle
from grader.sandbox.values import Foreign

# How a sentence calls what an experiment gives, and a part of it.
RESULT = ("the result", "result[")
# The most characters of a value that a sentence repeats.
LONGEST = 80


def kind_of(value: Any) -> str:
    """The kind of a value, as the comparison distinguishes them; bool is no int."""
    if isinstance(value, torch.Tensor):
        return "tensor"
    if isinstance(value, Foreign):
        return f"foreign {value.type}"
    if isinstance(value, Handle):
        return f"object {value.reference.type}"
    return type(value).__name__


def described(value: Any) -> str:
    """A value in a few words."""
    if isinstance(value, torch.Tensor):
        return f"{article(dtype_name(value.dtype))} tensor of shape {tuple(value.shape)}"
    if isinstance(value, Foreign):
        return article(value.type)
    if isinstance(value, Handle):
        return f"an object of type {value.reference.type}"
    if isinstance(value, list | tuple):
        return f"a {type(value).__name__} of {len(value)}"
    if isinstance(value, dict):
        return f"a dict with {_keys(value)}"
    text = repr(value)
    return text if len(text) <= LONGEST else text[: LONGEST - 3] + "…"


def article(name: str) -> str:
    """A type's name with its article: `an int64`, `a ValueError`."""
    return f"{'an' if name[:1].lower() in 'aeio' else 'a'} {name}"


def _keys(value: dict[Any, Any]) -> str:
    return f"the keys {_listed(value)}" if value else "no keys"


def _listed(keys: dict[Any, Any]) -> str:
    return ", ".join(repr(key) for key in list(keys)[:12]) + (", …" if len(keys) > 12 else "")


def dtype_name(dtype: torch.dtype) -> str:
    """`float32`."""
    return str(dtype).removeprefix("torch.")


def number(value: Any, digits: int = 6) -> str:
    """A number as short as it can be: `12`, `-0.25`, `nan`."""
    if isinstance(value, bool | int):
        return str(value)
    if isinstance(value, complex):
        return str(value)
    return f"{value:.{digits}g}"


def other_value(where: str, actual: Any, like: Any) -> str:
    """The sentence for another value; under a name of the suite's it is a fact in plain words."""
    is_fact = not where.startswith(RESULT)
    if is_fact and isinstance(like, bool) and " " in where:
        return f"{'this is not so' if like else 'this is so, and should not be'}: {where}"
    if is_fact and isinstance(like, str):
        return f"{where} is {actual[:LONGEST]}, expected {like}"
    return _plainly(where, actual, like)


def another_kind(where: str, actual: Any, like: Any) -> str:
    """The sentence for a value of the wrong kind."""
    if actual is None and where.startswith(RESULT):
        return f"{_plainly(where, actual, like)}; is a `return` missing?"
    if all(isinstance(value, bool | int | float | complex | str) for value in (actual, like)):
        # They may look alike: 3.0 and 3.
        got, wanted = (f"{described(v)}, {article(kind_of(v))}" for v in (actual, like))
        return f"{where} is {got}; expected {wanted}"
    return _plainly(where, actual, like)


def _plainly(where: str, actual: Any, like: Any) -> str:
    return f"{where} is {described(actual)}, expected {described(like)}"


def other_keys(actual: dict[Any, Any], like: dict[Any, Any]) -> str:
    """What is wrong with the keys of a dict: which are missing, which too many, or their order."""
    missing = {key: None for key in like if key not in actual}
    others = {key: None for key in actual if key not in like}
    parts = [f"lacks {_listed(missing)}"] if missing else []
    parts += [f"has {_listed(others)}, which is not expected"] if others else []
    return " and ".join(parts) or f"has {_keys(actual)}; expected {_keys(like)}"
