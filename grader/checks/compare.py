"""Is this result that result? The ruler of the whole grader.

Compared in this order: type, shape, dtype, device, finiteness, values; the first that differs is
the answer. Both sides are plain tensors and plain data by now: nothing a student wrote takes part.
Values are compared in float64 with a tolerance that follows from the arithmetic: `ROUNDING · ε ·
magnitude`, where ε belongs to the dtype that was asked for, and the magnitude is what the same
computation gives for absolute values (so cancellation cannot make it too small).
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import torch

from grader.checks.wording import another_kind, dtype_name, kind_of, number, other_keys, other_value
from grader.model import Planes
from grader.sandbox.values import device_of

# How many roundings in the same direction are forgiven. Sums of up to 400 random products, added
# one by one in any order, were seen to reach 8; 16 leaves room for fused and blocked kernels.
ROUNDING = 16
# The largest picture that is drawn, in rows and columns.
PICTURE = 12


@dataclass(frozen=True)
class Expected:
    """What a result must be.

    `like` decides type, shape and dtype; `exact` (the same structure in float64) the values;
    `magnitude` (the same structure again, or None) how much rounding is to be forgiven.
    """

    like: Any
    exact: Any
    magnitude: Any = None


@dataclass(frozen=True)
class Rule:
    """How strictly values are compared: `exactly`, or `within` an absolute tolerance, or as the
    arithmetic demands."""

    exactly: bool = False
    within: float | None = None
    rounding: float = ROUNDING


@dataclass(frozen=True)
class Difference:
    """The first thing that differs: where, and a sentence that says what came and what should."""

    where: str
    sentence: str
    planes: Planes | None = None


def difference(
    actual: Any, expected: Expected, *, device: str | None, rule: Rule
) -> Difference | None:
    """The first difference between `actual` and `expected`, or None.

    `device` is where every tensor has to live; None: where the expected one lives.
    """
    return next(_differences("the result", actual, expected, device, rule), None)


def _differences(
    where: str, actual: Any, expected: Expected, device: str | None, rule: Rule
) -> Iterator[Difference]:
    like = expected.like
    if kind_of(actual) != kind_of(like):
        yield Difference(where, another_kind(where, actual, like))
    elif isinstance(like, torch.Tensor):
        yield from _tensor(where, actual, expected, device, rule)
    elif isinstance(like, list | tuple):
        yield from _sequence(where, actual, expected, device, rule)
    elif isinstance(like, dict):
        yield from _mapping(where, actual, expected, device, rule)
    elif isinstance(like, float):
        yield from _number(where, actual, expected, rule)
    elif actual != like:
        yield Difference(where, other_value(where, actual, like))


def _sequence(
    where: str, actual: Any, expected: Expected, device: str | None, rule: Rule
) -> Iterator[Difference]:
    if len(actual) != len(expected.like):
        count = f"{len(actual)} item{'' if len(actual) == 1 else 's'}"
        yield Difference(where, f"{where} has {count}, expected {len(expected.like)}")
        return
    for index, item in enumerate(actual):
        part = _part(expected, index)
        yield from _differences(_inside(where, f"[{index}]"), item, part, device, rule)


def _mapping(
    where: str, actual: Any, expected: Expected, device: str | None, rule: Rule
) -> Iterator[Difference]:
    if _typed(actual) != _typed(expected.like):
        yield Difference(where, f"{where} {other_keys(actual, expected.like)}")
        return
    for key, item in actual.items():
        name = str(key) if where == "the result" else _inside(where, f"[{key!r}]")
        name = "the result" if key == "result" else name
        yield from _differences(name, item, _part(expected, key), device, rule)


def _typed(mapping: dict[Any, Any]) -> list[tuple[type, Any]]:
    """The keys in order, each with its type: 1, 1.0 and True are equal to Python."""
    return [(type(key), key) for key in mapping]


def _inside(where: str, index: str) -> str:
    return f"{'result' if where == 'the result' else where}{index}"


def _part(expected: Expected, key: Any) -> Expected:
    magnitude = expected.magnitude
    try:
        inner = None if magnitude is None else magnitude[key]
    except (LookupError, TypeError):
        inner = None
    return Expected(expected.like[key], expected.exact[key], inner)


def _number(where: str, actual: float, expected: Expected, rule: Rule) -> Iterator[Difference]:
    exact = float(expected.exact)
    size = abs(expected.magnitude) if isinstance(expected.magnitude, float) else 0.0
    size = size if math.isfinite(size) else 0.0
    # A Python float often comes out of a float32 tensor by .item().
    allowed = _allowed(rule, torch.finfo(torch.float32).eps, max(abs(exact), size))
    both_nan = math.isnan(actual) and math.isnan(exact)
    near = math.isfinite(actual) and math.isfinite(exact) and abs(actual - exact) <= allowed
    if actual != exact and not both_nan and not near:
        yield Difference(where, f"{where} is {actual!r}, expected {exact!r}")


def _allowed(rule: Rule, eps: float, magnitude: float) -> float:
    if rule.within is not None:
        return rule.within
    return 0.0 if rule.exactly else rule.rounding * eps * magnitude


def _tensor(
    where: str, actual: torch.Tensor, expected: Expected, device: str | None, rule: Rule
) -> Iterator[Difference]:
    like = expected.like
    if actual.shape != like.shape:
        shapes = f"{tuple(actual.shape)}, expected {tuple(like.shape)}"
        yield Difference(where, f"{where} has shape {shapes}")
    elif actual.dtype != like.dtype:
        dtypes = f"{dtype_name(actual.dtype)}, expected {dtype_name(like.dtype)}"
        yield Difference(where, f"{where} has dtype {dtypes}")
    elif device_of(actual) != (device or device_of(like)):
        devices = f"{device_of(actual)}, expected {device or device_of(like)}"
        yield Difference(where, f"{where} lives on {devices}, as its input does")
    else:
        yield from _values(where, actual, expected, rule)


def _values(
    where: str, actual: torch.Tensor, expected: Expected, rule: Rule
) -> Iterator[Difference]:
    got, exact = actual.detach(), expected.exact.detach()
    if actual.is_floating_point() or actual.is_complex():
        wrong = _far_apart(got, exact, _tolerance(expected, rule))
    else:
        wrong = got != exact
    if not bool(wrong.any()):
        return
    index = tuple(int(i) for i in wrong.nonzero()[0])
    got_there, exact_there = got[index].item(), exact[index].item()
    digits = 6 if number(got_there) != number(exact_there) else 17
    numbers = f"{number(got_there, digits)}, expected {number(exact_there, digits)}"
    place = f"{where} at {list(index)}" if index else where
    yield Difference(
        where,
        f"{place} is {numbers}{_extent(wrong)}",
        # What is only rounded counts as right, so it is drawn as it should be.
        _planes(where, torch.where(wrong, got, exact), exact, index),
    )


def _extent(wrong: torch.Tensor) -> str:
    count, total = int(wrong.sum()), wrong.numel()
    if total == 1:
        return ""
    return f"; {count} of {total} values {'differs' if count == 1 else 'differ'}"


def _tolerance(expected: Expected, rule: Rule) -> float:
    """One tolerance for a whole tensor, from its largest magnitude."""
    largest = _largest(expected.exact)
    magnitude = expected.magnitude
    if isinstance(magnitude, torch.Tensor) and magnitude.shape == expected.exact.shape:
        largest = max(largest, _largest(magnitude))
    return _allowed(rule, torch.finfo(expected.like.dtype).eps, largest)


def _largest(tensor: torch.Tensor) -> float:
    sizes = tensor.detach().abs()
    finite = sizes[sizes.isfinite()]
    return float(finite.max()) if finite.numel() else 0.0


def _far_apart(got: torch.Tensor, exact: torch.Tensor, allowed: float) -> torch.Tensor:
    """Where two tensors differ by more than `allowed`; not finite equals itself alone."""
    wide = torch.complex128 if got.is_complex() else torch.float64
    got, exact = got.to(wide), exact.to(wide)
    same = (got == exact) | (got.isnan() & exact.isnan())
    near = (got - exact).abs() <= allowed  # false where either is not finite
    return ~(same | near)


def _planes(
    where: str, got: torch.Tensor, exact: torch.Tensor, index: tuple[int, ...]
) -> Planes | None:
    """The 2-D plane of the first difference, if it is small enough to draw."""
    if got.is_complex() or got.dim() == 0:
        return None
    leading = index[:-2]
    got, exact = got[leading], exact[leading]
    if got.dim() == 1:
        got, exact = got[None], exact[None]
    if max(got.shape) > PICTURE:
        return None
    name = f"{where}{list(leading)}" if leading else where
    return Planes(name, _numbers(exact), _numbers(got))


def _numbers(plane: torch.Tensor) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(float(value) for value in row) for row in plane.tolist())
