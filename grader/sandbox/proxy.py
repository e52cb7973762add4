"""What a suite calls `m`: the code under examination, here or behind a process border.

`Subject` looks like a module, `Handle` like an object that it made. Both turn what a suite does
with them into requests, and a `Transport` carries these to the `Operations` that answer. A
request's arguments are copies on the other side; only plain data and tensors come back.
"""

from collections.abc import Callable, Sequence
from typing import Any, Protocol

import torch

from grader.sandbox import pretend, values, wire
from grader.sandbox.failure import Garbled, SubjectError, failure_from
from grader.sandbox.operations import Operations
from grader.sandbox.trees import identical, map_tensors
from grader.sandbox.values import Reference

Resolve = Callable[[Reference], object]


class Transport(Protocol):
    """Carries a request to where the code under examination lives, and its answer back."""

    def ask(self, request: dict[str, Any], resolve: Resolve) -> Any:
        """The answer to `request`; `resolve` stands in for objects that stay over there."""


class Local:
    """Asks operations in this process, through the same wire format: copies, never the objects."""

    def __init__(self, operations: Operations) -> None:
        self.operations = operations

    def ask(self, request: dict[str, Any], resolve: Resolve) -> Any:
        """Perform the request here."""
        arrived = _crossed(request, keep=reference_of, resolve=self.operations.resolve)
        answer = self.operations.perform(arrived)
        return _crossed(answer, keep=self.operations.keep, plain=pretend.data_of, resolve=resolve)


def _crossed(value: object, *, resolve: Resolve, **how: Any) -> Any:
    header, body = wire.encode(value, **how)
    return wire.decode(header, bytearray().join(body), resolve=resolve)


def reference_of(value: object) -> Reference:
    """The reference behind a handle, for sending it back to where the object lives."""
    if isinstance(value, Handle):
        return value.reference
    raise TypeError(f"an experiment can pass tensors and plain data, not {type(value).__name__}")


class Subject:
    """The module under examination: `m.corr2d(X, K)`, `m.Conv2D((2, 3))`.

    `cast` changes tensors on their way in (the reference is also run in float64). `parameters`
    gives the argument names of a function or of a class's forward, for messages. `calls` collects
    what was called, as a reader would write it.
    """

    def __init__(
        self,
        transport: Transport,
        *,
        cast: Callable[[torch.Tensor], torch.Tensor] | None = None,
        parameters: Callable[[str], Sequence[str]] = lambda name: (),
    ) -> None:
        self._transport = transport
        self._cast = cast
        self._parameters = parameters
        self._calls: list[str] = []
        self._echo = False
        self._changed: list[str] = []
        self._beginning: dict[str, Any] | None = None

    def __getattr__(self, name: str) -> "Function":
        return Function(self, None, name)

    def _begin(self, *, seed: int, device: str, echo: bool = False) -> None:
        """Start an experiment on a clean table: the next request says so over there."""
        self._calls.clear()
        self._changed.clear()
        self._echo = echo
        self._beginning = {"seed": seed, "device": device}

    def _ask(self, operation: str, **arguments: Any) -> Any:
        if self._cast is not None:
            arguments = map_tensors(arguments, self._cast)
        request = {"operation": operation, "arguments": arguments, "begin": self._beginning}
        self._beginning = None
        answer = self._transport.ask(request, lambda reference: Handle(self, reference, ""))
        match answer:
            case {"value": value}:
                return value
            case {"error": dict(error)}:
                raise SubjectError(failure_from(error))
        raise Garbled("the answer is neither a value nor an error")

    def _call(self, target: "Handle | None", name: str, args: Any, kwargs: Any) -> Any:
        maker = name if target is None else target.maker
        self._calls.append(_written(target, name, args, kwargs))
        answer = self._ask(
            "call", target=target, name=name, args=list(args), kwargs=kwargs, echo=self._echo
        )
        match answer:
            case {"value": value, "arguments": after}:
                if self._echo:
                    self._note_changes(maker, args, kwargs, after)
                return Handle(self, value.reference, maker) if type(value) is Handle else value
        raise Garbled("a call was answered with something else")

    def _note_changes(self, maker: str, args: Any, kwargs: Any, after: Any) -> None:
        match after:
            case [list(args_after), dict(kwargs_after)] if len(args_after) == len(args):
                pass
            case _:
                raise Garbled("the arguments did not come back")
        names = [*self._parameters(maker), *(f"argument {i + 1}" for i in range(len(args)))]
        pairs = [*zip(names, args, args_after, strict=False)]
        pairs += [(key, kwargs[key], kwargs_after.get(key)) for key in kwargs]
        self._changed += [name for name, before, now in pairs if not identical(before, now)]


class Function:
    """A function, class or method of the code under examination."""

    def __init__(self, subject: Subject, target: "Handle | None", name: str) -> None:
        self.subject = subject
        self.target = target
        self.name = name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it where it lives."""
        return self.subject._call(self.target, self.name, args, kwargs)

    def gradients(self, *inputs: Any, **options: Any) -> dict[str, Any]:
        """The result, and the gradient of each input and parameter, by name."""
        target, name = self.target, self.name
        maker = name if target is None else target.maker
        self.subject._calls.append(_written(target, name, inputs, options))
        answer = self.subject._ask(
            "gradients", target=target, name=name, args=list(inputs), kwargs=options
        )
        match answer:
            case {"result": result, "inputs": list(grads), "parameters": dict(parameters)} if len(
                grads
            ) == len(inputs):
                pass
            case _:
                raise Garbled("gradients were answered with something else")
        names = list(self.subject._parameters(maker))[: len(inputs)]
        names += [f"argument {index + 1}" for index in range(len(names), len(inputs))]
        named = {
            f"gradient of {key}": grad
            for key, given, grad in zip(names, inputs, grads, strict=True)
            if isinstance(given, torch.Tensor) and given.is_floating_point()
        }
        # In which order a module defines its parameters is its own affair.
        by_name = sorted(parameters.items(), key=lambda pair: str(pair[0]))
        named |= {f"gradient of {key}": grad for key, grad in by_name}
        return {"result": result, **named}


class Handle:
    """An object that stays with the code under examination: a module, mostly.

    `maker` is the name of what made it.
    """

    def __init__(self, subject: Subject, reference: Reference, maker: str) -> None:
        self.subject = subject
        self.reference = reference
        self.maker = maker

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call it: a module's forward, with its hooks."""
        return self.call("__call__", *args, **kwargs)

    def call(self, method: str, *args: Any, **kwargs: Any) -> Any:
        """Call a method by name."""
        return Function(self.subject, self, method)(*args, **kwargs)

    def gradients(self, *inputs: Any, **options: Any) -> dict[str, Any]:
        """As `Function.gradients`, for the module's forward."""
        return Function(self.subject, self, "__call__").gradients(*inputs, **options)

    def get(self, attribute: str) -> Any:
        """An attribute that is plain data or a tensor."""
        return self.subject._ask("get", target=self, name=attribute)

    def load(self, state: dict[str, torch.Tensor]) -> None:
        """Take on the dtype and the values of `state`, by name, on the device under examination."""
        self.subject._ask("load", target=self, state=state)

    def shapes(self, names: Sequence[str], *inputs: Any) -> Any:
        """Name → shape, or None; `inputs` are what a lazy module is called with first."""
        return self.subject._ask("shapes", target=self, names=list(names), inputs=list(inputs))

    def state_dict(self) -> Any:
        """Name → tensor, in order of definition."""
        return self._plain_call("state_dict")

    def load_state_dict(self, state: dict[str, torch.Tensor]) -> None:
        """Load values by name; dtype and device stay."""
        self._plain_call("load_state_dict", state)

    def named_parameters(self) -> dict[str, Any]:
        """Name → parameter."""
        return _pairs(self._plain_call("named_parameters"))

    def named_buffers(self) -> dict[str, Any]:
        """Name → buffer."""
        return _pairs(self._plain_call("named_buffers"))

    def train(self) -> "Handle":
        """Switch to training mode."""
        self._plain_call("train")
        return self

    def eval(self) -> "Handle":
        """Switch to evaluation mode."""
        self._plain_call("eval")
        return self

    def to(self, dtype: torch.dtype) -> "Handle":
        """Convert parameters and buffers to `dtype`."""
        self._plain_call("to", dtype)
        return self

    def _plain_call(self, method: str, *args: Any) -> Any:
        """A call that is part of the apparatus: not listed among what the suite called."""
        answer = self.subject._ask(
            "call", target=self, name=method, args=list(args), kwargs={}, echo=False
        )
        if type(answer) is dict and "value" in answer:
            return answer["value"]
        raise Garbled("a call was answered with something else")


def _pairs(items: Any) -> dict[str, Any]:
    try:
        return {str(name): tensor for name, tensor in items}
    except (TypeError, ValueError) as error:
        raise Garbled("the names and tensors are no pairs") from error


def _written(target: Handle | None, name: str, args: Any, kwargs: Any) -> str:
    """A call as a reader would write it, with tensors as `float32 (7, 9)`."""
    given = [_shown(argument) for argument in args]
    given += [f"{key}={_shown(value)}" for key, value in kwargs.items()]
    called = name
    if target is not None:
        maker = target.maker or "module"
        called = f"{maker}.{'forward' if name == '__call__' else name}"
    return f"{called}({', '.join(given)})"


def _shown(value: Any) -> str:
    if isinstance(value, torch.Tensor):
        return f"{values.DTYPE_NAMES.get(value.dtype, 'tensor')} {tuple(value.shape)}"
    if isinstance(value, Handle):
        return value.maker or "module"
    if isinstance(value, list | tuple) and any(isinstance(v, torch.Tensor) for v in value):
        return f"[{', '.join(_shown(item) for item in value)}]"
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "…"
