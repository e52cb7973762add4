"""What may be asked of the code under examination, wherever it runs.

The same operations serve a student's code in a worker and the reference in the runner, so that an
experiment means the same on both sides. Nothing here judges: an operation is performed and what
came of it, a value or an error, goes back.
"""

import contextlib
import random
import re
import traceback
import types
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy
import torch
from torch import Tensor, nn

from grader.sandbox import modules, pretend
from grader.sandbox.trees import map_tensors, tensors_in
from grader.sandbox.values import Reference

MAX_MESSAGE = 2_000
# Where torch moves a parameter to the pretend device by swapping, it refuses one that is more than
# a parameter, or that somebody else holds; another device would take it.
CANNOT_SWAP = "Couldn't swap"
MAX_ITEMS = 10_000
# A fixed pattern of small integers of both signs: gradients of integers then stay exact, and no
# two neighbours have the same weight.
COTANGENT_PERIOD = 17


class Missing(LookupError):
    """The code under examination does not define the name that was asked for."""


class Endless(Exception):
    """An iterator went on and on."""


class Operations:
    """Performs operations on a stack of modules and on the objects that they made.

    A name is looked up in the last module that defines it, so that one wrong answer can be laid
    over a right one. `is_own` tells whether a file name belongs to the code under examination.
    """

    def __init__(self, modules: Sequence[types.ModuleType], is_own: Callable[[str], bool]) -> None:
        self.modules = modules
        self.is_own = is_own
        self.objects: dict[int, object] = {}
        self.device = "cpu"
        # The names by which parameters were loaded: one that has several is told by that.
        self._asked: set[str] = set()

    def keep(self, value: object) -> Reference:
        """Hold on to an object that cannot leave and give its number."""
        number = len(self.objects)
        self.objects[number] = value
        return Reference(number, modules.full_name(type(value)), isinstance(value, nn.Module))

    def resolve(self, reference: Reference) -> object:
        """The object behind a number that `keep` gave."""
        return self.objects[reference.number]

    def perform(self, request: dict[str, Any]) -> dict[str, Any]:
        """Answer one request; whatever the code under examination raises becomes the answer."""
        try:
            if request.get("begin") is not None:
                self.begin(**request["begin"])
            operation = getattr(self, f"do_{request['operation']}")
            return {"value": operation(**request["arguments"])}
        except BaseException as error:  # SystemExit and KeyboardInterrupt are answers too
            return {"error": describe_error(error, self.is_own)}

    def begin(self, seed: int, device: str) -> None:
        """Start an experiment: forget every object, seed every generator."""
        self.objects.clear()
        self._asked.clear()
        self.device = device
        seed_generators(seed)
        if device.startswith("cuda"):
            # TF32 keeps 10 bits of a product's factors, which no tolerance of ours forgives.
            torch.backends.cuda.matmul.allow_tf32 = False
            torch.backends.cudnn.allow_tf32 = False
        # Whatever an earlier check left switched off would fail the ones after it.
        torch.set_grad_enabled(True)
        torch.set_default_dtype(torch.float32)

    def do_random(self, count: int) -> Tensor:
        """The next numbers of the global generator."""
        return torch.rand(count)

    def do_call(
        self, target: object, name: str, args: list[Any], kwargs: dict[str, Any], echo: bool
    ) -> dict[str, Any]:
        """Call a function, a class or a method; with `echo`, send the arguments back as well."""
        with self._on_device():
            args, kwargs = self._moved((args, kwargs))
            value = _listed(self._find(target, name)(*args, **kwargs))
        modules.check_constructed(value)
        return {"value": value, "arguments": [args, kwargs] if echo else None}

    def do_gradients(
        self, target: object, name: str, args: list[Any], kwargs: dict[str, Any]
    ) -> dict[str, Any]:
        """The result, and the gradients of a fixed weighting of it."""
        function = self._find(target, name)
        with self._on_device():
            args = [_leaf(argument) for argument in self._moved(args)]
            result = function(*args, **self._moved(kwargs))
            parameters = modules.parameters(target, self._asked)
            _zero(parameters)
            output = next((leaf for leaf in tensors_in(result) if _floats(leaf)), None)
            if output is not None and output.requires_grad:
                weighted = (output * _cotangent(output)).sum()
                (weighted.real if weighted.is_complex() else weighted).backward()
        return {
            "result": result,
            "inputs": [a.grad if isinstance(a, Tensor) else None for a in args],
            "parameters": {key: parameter.grad for key, parameter in parameters.items()},
        }

    def do_get(self, target: object, name: str) -> object:
        """An attribute of an object."""
        with self._on_device():
            return getattr(target, name)

    def do_load(self, target: nn.Module, state: dict[str, Tensor]) -> None:
        """Give a module the dtype and the values of `state`, by name, on the device."""
        state = {name: value for name, value in state.items() if isinstance(value, Tensor)}
        modules.check_names(target, state)
        self._asked |= set(state)
        modules.materialize(target, state)
        modules.convert(target, state)
        # A module may have buffers of its own, which nobody gives it.
        target.load_state_dict(state, strict=False)
        with self._on_device():
            target.to(self.device)

    def do_shapes(
        self, target: nn.Module, names: list[str], inputs: list[Any]
    ) -> dict[str, list[int] | None]:
        """The shapes of parameters and buffers, by name; None where there is no such name.

        A lazy module has shapes once it has been called with inputs.
        """
        if modules.is_lazy(target):
            with self._on_device():
                target(*self._moved(inputs))
        state = target.state_dict()
        return {name: list(state[name].shape) if name in state else None for name in names}

    def _find(self, target: object, name: str) -> Any:
        if target is not None:
            return getattr(target, name)
        for module in reversed(self.modules):
            if name in vars(module):
                return vars(module)[name]
        raise Missing(f"{name} is not defined")

    def _moved(self, value: Any) -> Any:
        """`value` with its tensors on the device under examination."""
        if self.device == "cpu":
            return value
        if self.device == pretend.NAME:
            return pretend.to_pretend(value)
        return map_tensors(value, lambda tensor: tensor.to(self.device))

    def _on_device(self) -> contextlib.AbstractContextManager[object]:
        if self.device == pretend.NAME:
            return pretend.pretending()
        return contextlib.nullcontext()


def seed_generators(seed: int) -> None:
    """Seed what student code may draw from.

    Not by torch.manual_seed: for each kind of accelerator that is not in use, it keeps the whole
    stack as text, and takes a hundred times as long.
    """
    torch.default_generator.manual_seed(seed)
    if torch.cuda.is_initialized():
        torch.cuda.manual_seed_all(seed)
    random.seed(seed)
    numpy.random.seed(seed)


def describe_error(error: BaseException, is_own: Callable[[str], bool]) -> dict[str, Any]:
    """What a runner needs to know about an exception, as plain data."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if is_own(frame.filename)]
    return {
        "type": type(error).__name__,
        "bases": [base.__name__ for base in type(error).__mro__ if base.__module__ == "builtins"],
        "kind": _kind(error, bool(own) and own[-1] is frames[-1] and _raises(own[-1])),
        "message": _text(error),
        "line": own[-1].lineno if own else None,
        "source": (own[-1].line or "")[:200] if own else "",
        "function": own[-1].name[:100] if own else "",
        "entered": own[0].lineno if own else None,
    }


def _raises(frame: traceback.FrameSummary) -> bool:
    """Whether a frame stands at a `raise`: what torch's C++ code raises has no frame of its own."""
    return not frame.line or re.search(r"\braise\b", frame.line) is not None


def _kind(error: BaseException, raised_by_own_code: bool) -> str:
    """Sort an exception into what the report distinguishes."""
    if isinstance(error, Missing):
        return "missing"
    if isinstance(error, modules.WrongNames):
        return "names"
    if isinstance(error, pretend.MixedDevices):
        return "mixed devices"
    if isinstance(error, NotImplementedError):
        # torch raises it as well: for a module without forward, say, or a kernel that is not there.
        if raised_by_own_code:
            return "not implemented"
        return "unsupported" if "backend" in _text(error) else "error"
    if isinstance(error, RuntimeError) and not raised_by_own_code and CANNOT_SWAP in _text(error):
        return "unsupported"
    out_of_memory = "DefaultCPUAllocator" in _text(error) or "std::bad_alloc" in _text(error)
    if isinstance(error, MemoryError) or out_of_memory:
        return "memory"
    return "error"


def _text(error: BaseException) -> str:
    if isinstance(error, SyntaxError):
        return (error.msg or "invalid syntax")[:MAX_MESSAGE]
    try:
        return str(error)[:MAX_MESSAGE]
    except Exception:  # a hostile or broken __str__
        return "(its message could not be read)"


def _listed(value: object) -> object:
    """An iterator's items, since an iterator itself cannot cross."""
    if not isinstance(value, Iterator) or isinstance(value, nn.Module):
        return value
    items = []
    for item in value:
        items.append(item)
        if len(items) > MAX_ITEMS:
            raise Endless(f"it yields more than {MAX_ITEMS:,} items")
    return items


def _floats(tensor: Tensor) -> bool:
    return tensor.is_floating_point() or tensor.is_complex()


def _leaf(value: Any) -> Any:
    return value.requires_grad_() if isinstance(value, Tensor) and _floats(value) else value


def _zero(parameters: dict[str, nn.Parameter]) -> None:
    for parameter in parameters.values():
        parameter.grad = None


def _cotangent(output: Tensor) -> Tensor:
    """Integers in −8 … 8, fixed by position, of the shape, dtype and device of `output`."""
    steps = torch.arange(output.numel(), device=output.device).remainder(COTANGENT_PERIOD)
    pattern = (steps * 5).remainder(COTANGENT_PERIOD) - COTANGENT_PERIOD // 2
    return pattern.to(output.dtype).reshape(output.shape)
