"""What is asked of the code under examination is done there, and nothing is judged."""

import itertools
import random
import types
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import torch
from torch import nn

from grader.sandbox import pretend
from grader.sandbox.operations import (
    COTANGENT_PERIOD,
    MAX_ITEMS,
    MAX_MESSAGE,
    Operations,
    describe_error,
    seed_generators,
)
from grader.sandbox.trees import map_tensors
from grader.sandbox.wire import Reference

X = torch.tensor([1.0, -2.0, 3.0])


@pytest.fixture
def operations(module) -> Callable[..., Operations]:
    """Makes the operations on one source text, or on several laid over each other."""

    def make(*sources: str) -> Operations:
        modules = [module(source) for source in sources]
        return Operations(modules, {code.__file__ for code in modules}.__contains__)

    return make


def answer_to(operations: Operations, operation: str, begin: Any = None, **arguments: Any) -> Any:
    """The answer to a request, of which the wire would have made copies."""
    copies = map_tensors(arguments, torch.clone)
    return operations.perform({"operation": operation, "arguments": copies, "begin": begin})


def asked(operations: Operations, operation: str, **arguments: Any) -> Any:
    """The value that answers a request."""
    answer = answer_to(operations, operation, **arguments)
    assert "error" not in answer, answer
    return answer["value"]


def call(operations: Operations, name: str, *args: Any, **kwargs: Any) -> Any:
    """The value of a call of a function or class."""
    answer = asked(operations, "call", target=None, name=name, args=[*args], kwargs=kwargs,
                   echo=False)  # fmt: skip
    return answer["value"]


def failure(operations: Operations, name: str, *args: Any) -> dict[str, Any]:
    """What is told of the exception that a call raises."""
    arguments = {"target": None, "name": name, "args": [*args], "kwargs": {}, "echo": False}
    answer = answer_to(operations, "call", **arguments)
    assert "value" not in answer, answer
    return answer["error"]


def gradients(operations: Operations, name: str, *args: Any, target: Any = None, **kwargs: Any):
    """The result of a call and its gradients."""
    return asked(operations, "gradients", target=target, name=name, args=[*args], kwargs=kwargs)


# -------------------------------------------------------------------------------------- calls


def test_a_function_is_called_with_its_arguments(operations):
    """By position and by name."""
    value = call(operations("def f(a, *, b): return a - b"), "f", 5, b=3)

    assert value == 2


def test_a_method_is_called_on_its_object(operations):
    """`target` is the object itself; the wire has looked it up."""
    code = operations("")
    answer = asked(code, "call", target=[3, 1, 2], name="index", args=[1], kwargs={}, echo=False)

    assert answer["value"] == 1


def test_a_name_is_taken_from_the_last_layer_that_defines_it(operations):
    """A wrong answer laid over a right one replaces what it defines, and nothing else."""
    right = "def f(): return 'right'\ndef g(): return 'right'"
    layers = operations(right, "def g(): return 'wrong'")

    assert (call(layers, "f"), call(layers, "g")) == ("right", "wrong")


def test_layers_do_not_see_each_other(operations):
    """The right answer's own calls of g do not reach the wrong one."""
    layers = operations("def g(): return 'right'\ndef f(): return g()", "def g(): return 'wrong'")

    assert call(layers, "f") == "right"


@pytest.mark.parametrize("name", ["g", "print", "__class__", ""])
def test_a_name_that_nobody_defines_is_missing(operations, name):
    """Builtins and attributes of modules are no answers to a task."""
    error = failure(operations("def f(): pass"), name)

    assert (error["kind"], error["message"]) == ("missing", f"{name} is not defined")
    assert error["line"] is None


@pytest.mark.parametrize(
    "body",
    [
        "return iter([1, 2])",
        "yield 1; yield 2",
        "return map(int, '12')",
        "return (i for i in [1, 2])",
    ],
)
def test_an_iterator_is_answered_with_its_items(operations, body):
    """A generator stays where it is; what it yields can cross."""
    assert call(operations(f"def f(): {body}"), "f") == [1, 2]


def test_what_an_iterator_raises_is_the_call_s_exception(operations):
    """Its code runs while the items are taken."""
    error = failure(operations("def f():\n    yield 1\n    raise KeyError('late')"), "f")

    assert (error["type"], error["line"]) == ("KeyError", 4)


@pytest.mark.parametrize(
    "items", ["itertools.count()", f"iter(range({MAX_ITEMS + 1}))"], ids=["endless", "too long"]
)
def test_an_endless_iterator_is_an_error(operations, items):
    """It fills no memory, and is no ValueError that would pass for a rejection."""
    error = failure(operations(f"import itertools\ndef f(): return {items}"), "f")

    assert error["message"] == f"it yields more than {MAX_ITEMS:,} items"
    assert "ValueError" not in [error["type"], *error["bases"]]


def test_a_long_but_allowed_iterator_comes_whole(operations):
    """The limit is a limit, not a cut."""
    assert len(call(operations(f"def f(): return iter(range({MAX_ITEMS}))"), "f")) == MAX_ITEMS


def test_a_sequence_is_not_taken_for_an_iterator(operations):
    """Lists, ranges and modules stay what they are."""
    code = "def f(): return range(3)\nclass Net(nn.ModuleList):\n    def __next__(self): return 1"

    assert call(operations(code), "f") == range(3)
    assert isinstance(call(operations(code), "Net"), nn.ModuleList)


def test_the_arguments_come_back_on_request(operations):
    """As they are after the call."""
    code = operations("def f(a, *, b): a += 1; b[0].zero_()")
    arguments = {"target": None, "name": "f", "args": [X], "kwargs": {"b": [X]}}

    echoed = asked(code, "call", **arguments, echo=True)["arguments"]

    assert torch.equal(echoed[0][0], X + 1)
    assert torch.equal(echoed[1]["b"][0], torch.zeros(3))


def test_the_arguments_do_not_come_back_unasked(operations):
    """They are large."""
    answer = asked(operations("def f(a): pass"), "call", target=None, name="f", args=[X], kwargs={},
                   echo=False)  # fmt: skip

    assert answer == {"value": None, "arguments": None}


def test_an_attribute_can_be_asked_for(operations):
    """Plain data of an object."""
    assert asked(operations(""), "get", target=nn.Linear(3, 2), name="in_features") == 3


# ------------------------------------------------------------------------------------ objects


@pytest.mark.parametrize(
    ("value", "kind", "is_module"),
    [
        (nn.ReLU(), "torch.nn.modules.activation.ReLU", True),
        (object(), "object", False),
        ({1, 2}, "set", False),
        (nn.ReLU, "type", False),
    ],
    ids=["module", "object", "set", "class"],
)
def test_an_object_that_stays_is_known_by_a_number_and_its_type(operations, value, kind, is_module):
    """The number leads back to it."""
    code = operations("")

    reference, another = code.keep(value), code.keep(["another object"])

    assert (reference.type, reference.is_module) == (kind, is_module)
    assert code.resolve(reference) is value
    assert code.resolve(another) == ["another object"]


def test_a_type_s_name_is_cut(operations):
    """A name of megabytes would be carried around."""
    kind = type("N" * 1000, (), {})

    assert len(operations("").keep(kind()).type) == 200


def test_a_number_that_was_never_given_leads_nowhere(operations):
    """The other side cannot make up objects."""
    with pytest.raises(KeyError):
        operations("").resolve(Reference(3, "object", False))


# ---------------------------------------------------------------------------------- beginning


def begun(operations: Operations, operation: str, seed: int = 1, device: str = "cpu", **arguments):
    """The answer to the first request of an experiment."""
    return answer_to(operations, operation, {"seed": seed, "device": device}, **arguments)


def test_an_experiment_begins_without_the_objects_of_the_last(operations):
    """They would pile up."""
    code = operations("")
    reference = code.keep(object())

    begun(code, "random", count=1)

    with pytest.raises(KeyError):
        code.resolve(reference)


def test_an_experiment_begins_with_seeded_generators(operations):
    """torch's and Python's: the same seed, the same numbers."""
    code = operations("import random\ndef f(): return [torch.rand(2).tolist(), random.random()]")
    arguments = {"target": None, "name": "f", "args": [], "kwargs": {}, "echo": False}

    one, again, other = (begun(code, "call", seed, **arguments) for seed in (1, 1, 2))

    assert one == again
    assert all(a != b for a, b in zip(one["value"]["value"], other["value"]["value"], strict=True))


def test_seeding_is_what_torch_does():
    """The short cut draws the numbers that `torch.manual_seed` would."""
    torch.manual_seed(7)
    expected = torch.rand(3)

    seed_generators(7)

    assert torch.equal(torch.rand(3), expected)


def test_an_experiment_begins_with_gradients_and_float32(operations):
    """What one check left switched off does not fail the next."""
    code = operations(
        "def f():\n    torch.set_grad_enabled(False)\n    torch.set_default_dtype(torch.float64)\n"
        "def g(): return [torch.is_grad_enabled(), str(torch.get_default_dtype())]"
    )
    arguments = {"target": None, "args": [], "kwargs": {}, "echo": False}

    begun(code, "call", name="f", **arguments)
    answer = begun(code, "call", name="g", **arguments)

    assert answer["value"]["value"] == [True, "torch.float32"]


def test_the_next_random_numbers_are_those_of_the_global_generator(operations):
    """A layer that draws from it moves it on."""
    first, second = (begun(operations(""), "random", count=n)["value"] for n in (2, 3))

    assert torch.equal(first, second[:2])


@pytest.mark.parametrize("device", ["cpu", pretend.NAME])
def test_tensors_are_moved_to_the_device_of_the_experiment(operations, device):
    """Those in lists and in keywords too, and nothing else is touched."""
    code = operations("def f(a, *, b): return [str(a[0].device), str(b['x'].device), b['n']]")
    arguments = {"target": None, "name": "f", "args": [[X]], "kwargs": {"b": {"x": X, "n": 2}}}

    answer = begun(code, "call", device=device, **arguments, echo=False)

    place = "cpu" if device == "cpu" else f"{device}:0"
    assert answer["value"]["value"] == [place, place, 2]


# ---------------------------------------------------------------------------------- gradients


def test_gradients_reach_inputs_and_are_told_in_their_order(operations):
    """An input that takes no part has None, as torch says it."""
    answer = gradients(operations("def f(a, b, c): return a * b"), "f", X, X + 1, X + 2)

    weights = torch.tensor([-8.0, -3.0, 2.0])
    assert torch.equal(answer["result"], X * (X + 1))
    assert [g if g is None else g.tolist() for g in answer["inputs"]] == [
        (weights * (X + 1)).tolist(), (weights * X).tolist(), None,
    ]  # fmt: skip
    assert answer["parameters"] == {}


def test_gradients_reach_the_parameters_of_a_module(operations):
    """By name; one that takes no part has None, and what it had before is not added to."""
    layer = nn.Linear(3, 1, bias=False)
    layer.spare = nn.Parameter(torch.ones(1))
    layer.weight.grad = torch.full((1, 3), 100.0)

    answer = gradients(operations(""), "__call__", X, target=layer)

    assert torch.equal(answer["parameters"]["weight"], -8 * X[None])
    assert answer["parameters"]["spare"] is None
    assert torch.equal(answer["inputs"][0], -8 * layer.weight[0])


@pytest.mark.parametrize(
    "body", ["x.detach()", "x.data * 2", "torch.tensor(x.tolist())", "[x.argmax(), 'text', None]"]
)
def test_a_result_that_is_cut_off_has_no_gradients(operations, body):
    """That is told, and not an error."""
    answer = gradients(operations(f"def f(x): return {body}"), "f", X)

    assert answer["inputs"] == [None]


def test_only_floating_inputs_are_asked_for_gradients(operations):
    """Indices, masks and numbers go in as they are."""
    code = operations("def f(x, i, mask, n): return x[i][mask] * n")

    answer = gradients(code, "f", X, torch.tensor([2, 0]), torch.tensor([True, False]), 2)

    assert answer["inputs"][0].tolist() == [0, 0, -16]
    assert answer["inputs"][1:] == [None, None, None]


def test_the_first_floating_tensor_of_a_result_is_weighted(operations):
    """Pooling returns values and indices."""
    code = operations("def f(x): return {'i': x.argmax(), 'y': (2 * x, 5 * x)}")

    answer = gradients(code, "f", X)

    assert answer["inputs"][0].tolist() == [-16, -6, 4]


def test_no_two_neighbours_have_the_same_weight(operations):
    """Gradients that are summed, swapped or averaged would not show otherwise."""
    answer = gradients(operations("def f(x): return x"), "f", torch.zeros(5 * COTANGENT_PERIOD))

    weights = answer["inputs"][0].tolist()
    assert set(weights) == set(range(-8, 9))
    assert all(a != b for a, b in itertools.pairwise(weights))
    assert all(a != b for a, b in zip(weights, weights[2:], strict=False))


@pytest.mark.parametrize("shape", [(), (1,), (2, 3), (0, 2)])
@pytest.mark.parametrize("dtype", [torch.float16, torch.float32, torch.float64], ids=str)
def test_the_weights_fit_every_result(operations, shape, dtype):
    """Whatever its shape and dtype."""
    x = torch.ones(shape, dtype=dtype)

    (gradient,) = gradients(operations("def f(x): return 2 * x"), "f", x)["inputs"]

    assert (gradient.shape, gradient.dtype) == (x.shape, dtype)
    assert gradient.numel() == 0 or gradient.flatten()[0] == -16


def test_complex_results_have_gradients_too(operations):
    """The weighting of a complex result is complex; its gradient is that of the real part."""
    x = torch.tensor([1 + 2j, 3j])

    (gradient,) = gradients(operations("def f(x): return 2 * x"), "f", x)["inputs"]

    assert gradient.tolist() == [-16, -6]


def test_gradients_are_computed_on_the_pretend_device(operations):
    """The way back is on the device of the way there."""
    code = operations("def f(x): return 2 * x")
    arguments = {"target": None, "name": "f", "args": [X], "kwargs": {}}

    answer = begun(code, "gradients", device=pretend.NAME, **arguments)["value"]

    (gradient,) = answer["inputs"]
    assert gradient.device.type == pretend.NAME
    assert pretend.data_of(gradient).tolist() == [-16, -6, 4]


# -------------------------------------------------------------------------------- load a state


class Net(nn.Module):
    """A parameter, a buffer and a number."""

    def __init__(self) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(2))
        self.register_buffer("mean", torch.zeros(2))
        self.register_buffer("count", torch.tensor(0))


def state(dtype: torch.dtype) -> dict[str, torch.Tensor]:
    """A state for it."""
    return {"weight": torch.tensor([1, 2]).to(dtype), "mean": torch.tensor([3, 4]).to(dtype),
            "count": torch.tensor(5)}  # fmt: skip


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64], ids=str)
@pytest.mark.parametrize("device", ["cpu", pretend.NAME])
def test_a_module_takes_on_values_dtype_and_device(operations, dtype, device):
    """Parameters and buffers; a count stays a whole number."""
    net = Net()

    answer = begun(operations(""), "load", device=device, target=net, state=state(dtype))

    tensors = [net.weight, net.mean, net.count]
    assert answer == {"value": None}
    assert [pretend.data_of(tensor).tolist() for tensor in tensors] == [[1, 2], [3, 4], 5]
    assert [tensor.dtype for tensor in tensors] == [dtype, dtype, torch.int64]
    assert [tensor.device.type for tensor in tensors] == [device] * 3
    assert isinstance(net.weight, nn.Parameter)
    assert net.weight.requires_grad


def misfit(operations: Operations, target: object, state: dict[str, torch.Tensor]) -> str:
    """What is told of a module that does not have the names of a state."""
    error = begun(operations, "load", target=target, state=state)["error"]
    assert error["kind"] == "names", error
    return error["message"]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"extra": X}, "no extra (3,) is there"),
        ({"weight": X}, "weight has shape (2,), expected (3,)"),
        ({"weight": X, "extra": X}, "weight has shape (2,), expected (3,); no extra (3,) is there"),
    ],
    ids=["another name", "another shape", "both"],
)
def test_of_a_state_that_does_not_fit_the_difference_is_told(operations, change, expected):
    """Of thirty names, the one that matters would be lost."""
    assert misfit(operations(""), Net(), state(torch.float32) | change) == expected


def test_a_name_that_is_misspelt_is_told_with_what_is_there_instead(operations):
    """Both lists, without the names that are right."""
    found = misfit(operations(""), Net(), {"Weight": torch.ones(2), "mean": torch.ones(2)})

    assert found == "expected Weight (2,); found count (), weight (2,)"


def test_many_names_are_cut(operations):
    """A block of a net that has another name changes those of all its parameters."""
    found = misfit(operations(""), Net(), {f"layer{i}": X for i in range(9)})

    assert found.startswith("expected layer0 (3,), layer1 (3,), ")
    assert "layer5 (3,) and 3 more; found count ()" in found


def test_a_tensor_that_is_no_parameter_is_told_as_such(operations):
    """It computes, but it would neither be trained nor saved."""
    layer = nn.Module()
    layer.weight = torch.ones(2, requires_grad=True)

    found = misfit(operations(""), layer, {"weight": torch.ones(2)})

    assert found == (
        "expected weight (2,); found no parameters; "
        "weight is a tensor, but no nn.Parameter that the module knows"
    )


def test_a_parameter_too_many_does_not_fit(operations):
    """It would be trained, and nobody gives it a value."""
    message = misfit(operations(""), nn.Linear(2, 1), {"weight": torch.ones(1, 2)})

    assert message == "nobody asked for bias"


def test_a_buffer_too_many_fits(operations):
    """A module may keep what it likes."""
    net = Net()

    answer = begun(operations(""), "load", target=net, state={"weight": torch.ones(2)})

    assert answer == {"value": None}
    assert net.weight.tolist() == [1, 1]


def test_what_is_no_module_does_not_fit(operations):
    """A class that forgot nn.Module is told so."""
    assert misfit(operations(""), object(), {"weight": X}) == "expected an nn.Module, found object"


@pytest.mark.parametrize("dtype", [torch.float32, torch.float64], ids=str)
@pytest.mark.parametrize("device", ["cpu", pretend.NAME])
@pytest.mark.parametrize(
    ("lazy", "eager"),
    [
        ("LazyLinear(2)", nn.Linear(3, 2)),
        ("LazyBatchNorm1d()", nn.BatchNorm1d(3)),
        ("Sequential(nn.LazyConv1d(2, 1), nn.ReLU())", nn.Sequential(nn.Conv1d(3, 2, 1))),
    ],
    ids=["linear", "batch norm", "convolution"],
)
def test_a_lazy_module_takes_its_shapes_from_the_state(operations, lazy, eager, device, dtype):
    """Before its first call it has none of its own."""
    code = operations(f"def f(): return nn.{lazy}")
    module, values = call(code, "f"), eager.to(dtype).state_dict()

    begun(code, "load", device=device, target=module, state=values)
    answer = asked(code, "call", target=module, name="state_dict", args=[], kwargs={}, echo=False)

    loaded = answer["value"]
    assert {key: tensor.device.type for key, tensor in loaded.items()} == dict.fromkeys(
        values, device
    )
    assert all(torch.equal(pretend.data_of(loaded[key]), values[key]) for key in values)


SHAPES = """
class Plain(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = nn.Linear(3, 2, bias=False)
    def forward(self, x):
        raise ValueError("nobody has to call it")

class Lazy(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = nn.LazyLinear(2, bias=False)
    def forward(self, x):
        return self.inner(x)
"""


@pytest.mark.parametrize("name", ["Plain", "Lazy"])
def test_the_shapes_of_a_lazy_module_are_those_after_a_call(operations, name):
    """A module that has its shapes already is not called for them."""
    code = operations(SHAPES)
    module, names = call(code, name), ["inner.weight", "inner.bias"]

    answer = begun(code, "shapes", target=module, names=names, inputs=[torch.ones(1, 3)])

    assert answer == {"value": {"inner.weight": [2, 3], "inner.bias": None}}


LISTED = """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(2, 2, bias=False)
        self.second = nn.Linear(2, 2, bias=False)
        {how}
    def forward(self, x):
        {forward}
"""


@pytest.mark.parametrize(
    ("how", "forward"),
    [
        ("self.second.weight = self.first.weight", "return self.second(self.first(x))"),
        ("self.both = [self.first.weight, self.second.weight]",
         "return x @ self.both[0].T @ self.both[1].T"),
    ],
    ids=["tied", "listed"],
)  # fmt: skip
@pytest.mark.parametrize("dtype", [torch.float32, torch.float64], ids=str)
def test_a_parameter_stays_the_same_when_a_state_is_loaded(operations, how, forward, dtype):
    """Weights that are shared, or also kept in a plain list, are still one tensor afterwards."""
    net = call(operations(LISTED.format(how=how, forward=forward)), "Net")
    values = {key: torch.eye(2, dtype=dtype) * 2 for key in ("first.weight", "second.weight")}
    code = operations("")

    begun(code, "load", target=net, state=values)
    x = torch.tensor([[1.0, 3.0]], dtype=dtype)
    answer = gradients(code, "__call__", x, target=net)

    assert answer["result"].tolist() == [[4, 12]]
    assert all(gradient is not None for gradient in answer["parameters"].values())
    assert (len(answer["parameters"]) == 1) == ("second.weight =" in how)


NAMED_TWICE = """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        {order}
    def forward(self, x):
        return self.steps(x)
"""


@pytest.mark.parametrize(
    "order",
    [
        "self.steps = nn.Sequential(nn.Linear(2, 2, bias=False)); self.first = self.steps[0]",
        "self.first = nn.Linear(2, 2, bias=False); self.steps = nn.Sequential(self.first)",
    ],
    ids=["grouped first", "named first"],
)
def test_a_parameter_of_two_names_goes_by_the_one_that_was_asked_for(operations, order):
    """Layers may be grouped as well as named; in which order does not matter."""
    net = call(operations(NAMED_TWICE.format(order=order)), "Net")
    code = operations("")

    begun(code, "load", target=net, state={"first.weight": torch.eye(2) * 2})
    answer = gradients(code, "__call__", torch.tensor([[1.0, 3.0]]), target=net)

    assert answer["result"].tolist() == [[2, 6]]
    assert list(answer["parameters"]) == ["first.weight"]


# --------------------------------------------------------------------------------- exceptions


@pytest.mark.parametrize(
    ("body", "kind", "message"),
    [
        ("raise ValueError('K is too large')", "error", "K is too large"),
        ("raise NotImplementedError('later')", "not implemented", "later"),
        ("raise NotImplementedError", "not implemented", ""),
        ("raise MemoryError", "memory", ""),
        ("torch.empty(1 << 60)", "memory", None),
        ("raise SystemExit(3)", "error", "3"),
        ("raise KeyboardInterrupt", "error", ""),
        ("exit()", "error", None),
        ("raise GeneratorExit", "error", ""),
        ("return 1 // 0", "error", "integer division or modulo by zero"),
        ("return f()", "error", None),
    ],
)
def test_whatever_is_raised_is_an_answer(operations, body, kind, message):
    """Also what would end the process, or the recursion limit."""
    error = failure(operations(f"def f(): {body}"), "f")

    assert error["kind"] == kind
    assert message is None or error["message"] == message


def test_a_module_without_a_forward_is_not_an_unwritten_task(operations):
    """torch raises NotImplementedError there: the mistake is a misspelled `forward`."""
    code = "class Net(nn.Module):\n    def _forward(self, x): return x\ndef f(x): return Net()(x)"

    assert failure(operations(code), "f", X)["kind"] == "error"


def test_a_kernel_that_is_missing_is_not_an_unwritten_task(operations):
    """torch raises NotImplementedError for a dtype that it cannot handle."""
    error = failure(operations("def f(x): return x.long().softmax(0)"), "f", X)

    assert error["type"] == "NotImplementedError"
    assert error["kind"] != "not implemented"


def test_two_devices_that_meet_are_an_error_of_their_own(operations):
    """On the pretend device."""
    code = operations("def f(x): return x + torch.ones(3)")
    arguments = {"target": None, "name": "f", "args": [X], "kwargs": {}, "echo": False}

    answer = begun(code, "call", device=pretend.NAME, **arguments)

    assert answer["error"]["kind"] == "mixed devices"


NESTED = """
def helper(x):
    return x['no such key']


def f(x):
    return sorted([x], key=helper)


class Net(nn.Module):
    def forward(self, x):
        y = x.reshape(7)
        return y
"""


def test_an_exception_is_placed_in_the_innermost_line_of_the_examined_code(operations):
    """Not in torch, where a reader cannot mend it."""
    code = operations(NESTED)
    net = call(code, "Net")

    own = failure(code, "f", {})
    answer = asked_error(code, net)

    assert (own["line"], own["function"]) == (3, "helper")
    assert own["source"] == "return x['no such key']"
    assert (answer["line"], answer["function"]) == (12, "forward")
    assert answer["source"] == "y = x.reshape(7)"


def asked_error(operations: Operations, target: nn.Module) -> dict[str, Any]:
    """What a module's call raises."""
    arguments = {"target": target, "name": "__call__", "args": [X], "kwargs": {}, "echo": False}
    return answer_to(operations, "call", **arguments)["error"]


def test_an_exception_before_the_examined_code_has_no_place(operations):
    """A call with too many arguments fails at no line of the function."""
    error = failure(operations("def f(): pass"), "f", 1, 2)

    assert (error["type"], error["line"], error["source"], error["function"]) == (
        "TypeError", None, "", "",
    )  # fmt: skip


def test_an_exception_tells_its_builtin_bases(operations):
    """A subclass of ValueError is a ValueError; the student's own classes are not told."""
    code = "class Mine(KeyError): pass\nclass Other(Mine, ValueError): pass\ndef f(): raise Other"

    error = failure(operations(code), "f")

    assert error["type"] == "Other"
    assert {"KeyError", "LookupError", "ValueError", "Exception"} <= set(error["bases"])
    assert not {"Mine", "Other"} & set(error["bases"])


def test_a_long_message_is_cut(operations):
    """A message of megabytes helps nobody."""
    error = failure(operations("def f(): raise ValueError('x' * 10**6)"), "f")

    assert error["message"] == "x" * MAX_MESSAGE


def test_a_long_line_is_cut(operations):
    """The line that is shown, too."""
    error = failure(operations(f"def f(): raise ValueError # {'x' * 1000}"), "f")

    assert len(error["source"]) == 200


def test_a_message_that_cannot_be_read_is_replaced(operations):
    """A broken `__str__` does not stop the grader."""
    code = "class Broken(Exception):\n    def __str__(self): return 1 // 0\ndef f(): raise Broken"

    assert failure(operations(code), "f")["message"] == "(its message could not be read)"


@pytest.mark.parametrize(
    ("source", "message"), [("def f(x:\n", "was never closed"), ("x = \n", "invalid syntax")]
)
def test_a_syntax_error_is_told_without_its_place(source, message):
    """File and line are told apart from the message."""
    with pytest.raises(SyntaxError) as caught:
        compile(source, "answer.py", "exec")

    described = describe_error(caught.value, {"answer.py"}.__contains__)

    assert message in described["message"]
    assert "answer.py" not in described["message"]


def test_an_operation_that_does_not_exist_is_an_answer_too(operations):
    """A request is data from another process; it does not stop this one."""
    answer = operations("").perform({"operation": "format_disk", "arguments": {}})

    assert answer["error"]["type"] == "AttributeError"


def test_random_state_of_python_is_seeded_too():
    """Students shuffle with `random`."""
    seed_generators(3)
    first = random.random()

    seed_generators(3)

    assert random.random() == first


def test_random_state_of_numpy_is_seeded_too():
    """numpy is allowed, and `--seed` repeats a run exactly."""
    seed_generators(3)
    first = np.random.random()

    seed_generators(3)

    assert np.random.random() == first


def test_a_stack_may_hold_any_module():
    """Names come from what was imported, files or not."""
    code = types.ModuleType("answer")
    exec("def f(): return 1", vars(code))

    assert call(Operations([code], lambda name: False), "f") == 1


@pytest.mark.parametrize("attribute", ["torch.ones(2)", "1"])
def test_a_module_without_the_constructor_of_its_base_says_so(operations, attribute):
    """Whatever is asked of it otherwise, torch complains of a name that nobody has heard of."""
    answer = begun(
        operations(
            "import torch\n"
            "class Layer(torch.nn.Module):\n"
            "    def __init__(self):\n"
            f"        self.weight = {attribute}\n"
        ),
        "call", target=None, name="Layer", args=[], kwargs={}, echo=False,
    )  # fmt: skip

    assert answer["error"]["kind"] == "names"
    assert "Layer" in answer["error"]["message"]
    assert "super().__init__()" in answer["error"]["message"]
