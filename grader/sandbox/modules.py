"""What is asked of an `nn.Module` of the code under examination: its parameters, by name."""

from collections.abc import Container, Iterator, Mapping, Sequence

from torch import Tensor, nn
from torch.nn.parameter import UninitializedBuffer, UninitializedParameter

# The shape of a parameter that has none before the first call.
LAZY = "(lazy)"
# How many names a sentence lists.
LISTED = 6

# Name → shape, or LAZY.
Shapes = Mapping[str, tuple[int, ...] | str]


class WrongNames(Exception):
    """A module does not have the parameters that it should have."""


def check_constructed(value: object) -> None:
    """Raises `WrongNames` for a module that has no place for parameters."""
    if isinstance(value, nn.Module) and not hasattr(value, "_parameters"):
        name = type(value).__name__
        raise WrongNames(f"{name} is an nn.Module, but its __init__ calls no super().__init__()")


def parameters(module: object, asked: Container[str]) -> dict[str, nn.Parameter]:
    """A module's parameters, each once: by a name that was asked for, if it has such a one."""
    if not isinstance(module, nn.Module):
        return {}
    named = module.named_parameters(remove_duplicate=False)
    names: dict[nn.Parameter, str] = {}
    for name, parameter in sorted(named, key=lambda pair: pair[0] not in asked):
        names.setdefault(parameter, name)
    return {name: parameter for parameter, name in names.items()}


def is_lazy(module: nn.Module) -> bool:
    """Whether a first call will give parameters their shapes."""
    return any(map(_waits, (*module.parameters(), *module.buffers())))


def materialize(module: nn.Module, state: dict[str, Tensor]) -> None:
    """Give lazy parameters the shapes of `state`, as a first call would have done."""
    own = module.state_dict(keep_vars=True)
    for name in state:
        if _waits(own.get(name)):
            own[name].materialize(state[name].shape)


def convert(module: nn.Module, state: dict[str, Tensor]) -> None:
    """Give a module the dtype that `state` has for its parameters, unless it has that already."""
    trained = dict(module.named_parameters())
    floating = [name for name in state if state[name].is_floating_point()]
    own = {t.dtype for t in (*trained.values(), *module.buffers()) if t.is_floating_point()}
    for name in sorted(floating, key=lambda name: name not in trained)[:1]:
        if own != {state[name].dtype}:
            module.to(dtype=state[name].dtype)


def check_names(module: nn.Module, state: dict[str, Tensor]) -> None:
    """Raises `WrongNames` when a module's parameters are not those of `state`."""
    if not isinstance(module, nn.Module):
        raise WrongNames(f"expected an nn.Module, found {full_name(type(module))}")
    own = module.state_dict()
    found = {name: _shape(own[name]) for name in own if isinstance(own[name], Tensor)}
    wanted = {name: tuple(tensor.shape) for name, tensor in state.items()}
    fits = all(found.get(name) in (shape, LAZY) for name, shape in wanted.items())
    unasked = [name for name in parameters(module, wanted) if name not in wanted]
    if not fits or unasked:
        raise WrongNames("; ".join(_complaints(module, wanted, found, unasked)))


def _complaints(
    module: nn.Module, wanted: Shapes, found: Shapes, unasked: Sequence[str]
) -> Iterator[str]:
    """What is wrong, and of many names only those: `found` is not what is `wanted`."""
    differing = [n for n in wanted if n in found and found[n] not in (wanted[n], LAZY)]
    for name in differing[:LISTED]:
        yield f"{name} has shape {found[name]}, expected {wanted[name]}"
    missing = {name: shape for name, shape in wanted.items() if name not in found}
    if not missing:
        if unasked:
            yield f"nobody asked for {', '.join(unasked[:LISTED])}"
        return
    # In whatever order a module defines them.
    others = {name: found[name] for name in sorted(found) if name not in wanted}
    if found and not others:
        yield f"no {_listing(missing)} is there"
    else:
        yield f"expected {_listing(missing)}; found {_listing(others) or 'no parameters'}"
    plain = [name for name in missing if isinstance(vars(module).get(name), Tensor)]
    if plain:
        yield f"{' and '.join(plain)} is a tensor, but no nn.Parameter that the module knows"


def _shape(tensor: Tensor) -> tuple[int, ...] | str:
    return LAZY if _waits(tensor) else tuple(tensor.shape)


def _waits(tensor: Tensor | None) -> bool:
    return isinstance(tensor, UninitializedParameter | UninitializedBuffer)


def _listing(shapes: Shapes) -> str:
    shown = [f"{name} {shape}" for name, shape in shapes.items()]
    more = len(shown) - LISTED
    return ", ".join(shown[:LISTED]) + (f" and {more} more" if more > 0 else "")


def full_name(kind: type) -> str:
    """A type's name, with its module unless Python brings it along."""
    own = kind.__module__ == "builtins"
    return (kind.__qualname__ if own else f"{kind.__module__}.{kind.__qualname__}")[:200]
