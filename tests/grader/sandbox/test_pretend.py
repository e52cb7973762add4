"""The pretend device: right code works on it as on the CPU, code that mixes devices does not."""

import copy
import math
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from grader.sandbox import pretend
from grader.sandbox.operations import seed_generators
from grader.sandbox.pretend import MixedDevices, PretendTensor, data_of, to_pretend

X = torch.tensor([[1.0, -2.0, 3.0, 0.5], [-1.5, 2.5, -0.25, 4.0], [0.75, -3.0, 2.0, -1.0]])
IMAGE = torch.arange(72.0).sub(30).remainder(7).reshape(2, 1, 6, 6)

Work = Callable[[Tensor], Any]


def on_device(work: Work, x: Tensor = X) -> Any:
    """What `work` makes of `x` on the pretend device, in the mode of an experiment there."""
    seed_generators(0)
    with pretend.pretending():
        return work(to_pretend(x.clone()))


def learned(work: Work, x: Tensor) -> tuple[Tensor, Tensor | None]:
    """The result of `work`, and the gradient that reaches `x`."""
    x.requires_grad_()
    y = work(x)
    if y.requires_grad:
        (y * y).sum().backward()
    return y.detach(), x.grad


# ---------------------------------------------------------------------------- right functions


def correlate(x: Tensor) -> Tensor:
    """Loops that write into zeros on the right device."""
    k = torch.tensor([[1.0, 2.0], [3.0, 4.0]]).to(x.device)
    y = torch.zeros(x.shape[0] - 1, x.shape[1] - 1, device=x.device)
    for i in range(y.shape[0]):
        for j in range(y.shape[1]):
            y[i, j] = (x[i : i + 2, j : j + 2] * k).sum()
    return y


def in_place(x: Tensor) -> Tensor:
    """Operations with an underscore, on a copy and on views of it."""
    y = x.clone()
    y[0] += 1
    y[:, 1:].mul_(2)
    y.clamp_(-3, 3).t()[0].neg_()
    return y


def from_numbers(x: Tensor) -> Tensor:
    """Weights out of a list that learn."""
    w = torch.tensor([1.0, 2.0, 3.0, 4.0], device=x.device, requires_grad=True)
    (x.detach() * w).sum().backward()
    return w.grad * x


def kept_state(x: Tensor) -> Tensor:
    """Random numbers of which the generator knows nothing afterwards."""
    with torch.random.fork_rng():
        noise = torch.rand_like(x)
    return x + noise - torch.rand_like(x)


def one_hot(x: Tensor) -> Tensor:
    """A store through a computed index."""
    rows = torch.zeros(x.shape, device=x.device)
    rows[torch.arange(len(x), device=x.device), x.argmax(1)] = 1.0
    return rows


def by_masks(x: Tensor) -> Tensor:
    """Stores through masks: of a number, of values, and of what a mask takes out."""
    y = x.clone()
    y[y > 2] = 0.0
    y[y < 0] = y[y < 0] * 2
    y[y == 0] = torch.tensor(0.5)
    return y


def whole_row(x: Tensor) -> Tensor:
    """torch copies a row from the CPU into place; CUDA does so too."""
    y = torch.zeros_like(x)
    y[0] = torch.ones(x.shape[1])
    return y + x


def descend(x: Tensor) -> Tensor:
    """Gradient descent by hand."""
    w = torch.zeros(x.shape[1], 1, device=x.device, requires_grad=True)
    for _ in range(3):
        (x.detach() @ w - 1).pow(2).mean().backward()
        with torch.no_grad():
            w -= 0.1 * w.grad
            w.grad.zero_()
    return w.detach()


def optimize(x: Tensor) -> Tensor:
    """Gradient descent by an optimizer."""
    w = nn.Parameter(torch.zeros(x.shape[1], 1, device=x.device))
    optimizer = torch.optim.SGD([w], lr=0.1, momentum=0.9)
    for _ in range(3):
        optimizer.zero_grad()
        F.mse_loss(x.detach() @ w, torch.ones(len(x), 1, device=x.device)).backward()
        optimizer.step()
    return w.detach()


class Square(torch.autograd.Function):
    """A function with a backward of its own."""

    @staticmethod
    def forward(ctx, x):
        """x²."""
        ctx.save_for_backward(x)
        return x * x

    @staticmethod
    def backward(ctx, grad):
        """2x."""
        (x,) = ctx.saved_tensors
        return 2 * x * grad


RIGHT_FUNCTIONS: dict[str, Work] = {
    "arithmetic": lambda x: (2 * x - 1) / (x.abs() + 1),
    "loops into zeros": correlate,
    "zeros_like": lambda x: x + torch.zeros_like(x),
    "new_zeros": lambda x: torch.cat([x, x.new_zeros(2, x.shape[1])]),
    "new_full": lambda x: x @ x.new_full((x.shape[1], 2), 0.5),
    "device=": lambda x: x * torch.linspace(0, 1, x.shape[1], device=x.device),
    "to(device)": lambda x: x + torch.arange(4.0).to(x.device),
    "to(other)": lambda x: x + torch.arange(4.0).to(x),
    "to the CPU and back": lambda x: x.cpu().mul(2).to(x.device),
    "numpy on the CPU and back": lambda x: torch.from_numpy(x.detach().cpu().numpy()).to(x.device),
    "item": lambda x: x / x.abs().max().item(),
    "float": lambda x: x * float(x.detach().mean()),
    "int": lambda x: x[: int(x[0, 0])],
    "tolist": lambda x: x * max(x[0].tolist()),
    "branch on a value": lambda x: x * 2 if x.sum() > 0 else x,
    "loop until a value": lambda x: [x := x / 2 for _ in range(9) if x.norm() > 1][-1],
    "data-dependent shape": lambda x: x[x > 0] * 2,
    "nonzero": lambda x: x[x.gt(0).nonzero(as_tuple=True)],
    "unique": lambda x: x.detach().round().unique(),
    "iteration": lambda x: torch.stack([row.sum() for row in x]),
    "unpacking": lambda x: torch.cat([*x.chunk(2, 1)][::-1], 1),
    "a number from the CPU": lambda x: x * torch.tensor(2.0) + torch.tensor(1),
    "a number to a number": lambda x: torch.tensor(0.0) + x.sum(),
    "where with a number": lambda x: torch.where(x > 0, x, torch.tensor(0.0)),
    "an index from the CPU": lambda x: x[torch.tensor([2, 0])],
    "a mask from the CPU": lambda x: x[torch.tensor([True, False, True])],
    "in place": in_place,
    "weights from numbers": from_numbers,
    "index_put": one_hot,
    "masks": by_masks,
    "a row from the CPU": whole_row,
    "scatter": lambda x: torch.zeros_like(x).scatter(1, x.argmax(1, keepdim=True), 1.0) * x,
    "gather": lambda x: x.gather(1, x.argsort(1)),
    "sort": lambda x: x.sort(1).values + x.max(1, keepdim=True)[0],
    "out=": lambda x: torch.add(x.detach(), 1, out=torch.empty_like(x)),
    "rand_like": lambda x: x * (torch.rand_like(x) > 0.5),
    "dropout": lambda x: F.dropout(x, 0.5),
    "views": lambda x: x.t().unfold(0, 2, 1).permute(2, 0, 1).reshape(2, -1),
    "as_strided": lambda x: x.as_strided((2, 2, 2, 3), (4, 1, 4, 1)).sum((2, 3)),
    "einsum": lambda x: torch.einsum("ij,kj->ik", x, x),
    "padding": lambda x: F.pad(x, (1, 2, 0, 1)),
    "cumsum, flip, roll": lambda x: x.cumsum(0).flip(1).roll(1, 0),
    "softmax": lambda x: F.cross_entropy(x, x.argmin(1)) * x.softmax(1),
    "attention": lambda x: F.scaled_dot_product_attention(x[None], x[None], x[None]),
    "meshgrid": lambda x: torch.meshgrid(x[0], x[:, 0], indexing="ij")[0],
    "one_hot": lambda x: F.one_hot(x.detach().abs().long(), 5).float(),
    "half and back": lambda x: x.half().float(),
    "complex": lambda x: torch.fft.fft(x).abs(),
    "a conjugate": lambda x: torch.fft.ifft(torch.fft.fft(x) * torch.fft.fft(x * x).conj()).real,
    "part of a conjugate": lambda x: torch.fft.fft(x).conj().imag,
    "the generator's state": kept_state,
    "empty": lambda x: x[:0].sum(0),
    "clone, detach": lambda x: x.clone().detach().requires_grad_() * 2,
    "deepcopy": lambda x: copy.deepcopy(x.detach()) + x,
    "printing": lambda x: x if print(x, x.shape, x.device, x.sum().item()) is None else None,
    "autograd.Function": Square.apply,
    "autograd.grad": lambda x: torch.autograd.grad((x * x * x).sum(), x, create_graph=True)[0],
    "gradient descent": descend,
    "an optimizer": optimize,
}


@pytest.mark.parametrize("work", RIGHT_FUNCTIONS.values(), ids=RIGHT_FUNCTIONS.keys())
def test_a_right_function_works_as_on_the_cpu(work):
    """Same numbers, same gradient, and the result is where the input is."""
    seed_generators(0)
    expected, slope = learned(work, X.clone())

    result, gradient = on_device(lambda x: learned(work, x))

    assert (result.device.type, result.dtype) == (pretend.NAME, expected.dtype)
    assert torch.equal(data_of(result), expected)
    assert (gradient is None) == (slope is None)
    assert slope is None or torch.equal(data_of(gradient), slope)


def test_nobody_is_told_that_it_is_an_accelerator():
    """Code that takes what there is takes what there would be without this."""
    script = (
        "import torch\n"
        "before = torch.accelerator.current_accelerator(), torch.accelerator.is_available()\n"
        "from grader.sandbox import pretend\n"
        "pretend.install()\n"
        "after = torch.accelerator.current_accelerator(), torch.accelerator.is_available()\n"
        "assert after == before, (before, after)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)

    assert done.returncode == 0, done.stderr


# ------------------------------------------------------------------------------ right modules


class Running(nn.Module):
    """A parameter, and a buffer that forward updates."""

    def __init__(self):
        super().__init__()
        self.gain = nn.Parameter(torch.full((4,), 2.0))
        self.register_buffer("mean", torch.zeros(4))

    def forward(self, x):
        """Subtract a running mean."""
        self.mean.mul_(0.9).add_(0.1 * x.mean(0).detach())
        self.mean = self.mean * 1.0
        return self.gain * (x - self.mean)


class Following(nn.Module):
    """A plain tensor that forward takes along."""

    def __init__(self):
        super().__init__()
        self.shift = torch.arange(4.0)

    def forward(self, x):
        """Move it first."""
        self.shift = self.shift.to(x.device)
        return x + self.shift


class Recurrent(nn.Module):
    """A state that begins where the input is."""

    def __init__(self):
        super().__init__()
        self.w, self.u = nn.Linear(4, 5), nn.Linear(5, 5)

    def forward(self, x):
        """One step a row."""
        h = torch.zeros(5, device=x.device)
        for row in x:
            h = torch.tanh(self.w(row) + self.u(h))
        return h


class Several(nn.Module):
    """Layers and parameters in lists and dicts that register them."""

    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(4, 4), nn.ReLU()])
        self.scales = nn.ParameterDict({"a": nn.Parameter(torch.ones(4))})
        self.last = nn.ParameterList([torch.ones(4)])

    def forward(self, x):
        """All of them."""
        for layer in self.layers:
            x = layer(x)
        return x * self.scales["a"] + self.last[0]


RIGHT_MODULES: dict[str, tuple[Callable[[], nn.Module], Tensor]] = {
    "Linear": (lambda: nn.Linear(4, 2), X),
    "Sequential": (lambda: nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Dropout(0.1)), X),
    "BatchNorm1d": (lambda: nn.BatchNorm1d(4), X),
    "BatchNorm2d": (lambda: nn.BatchNorm2d(1), IMAGE),
    "LayerNorm": (lambda: nn.LayerNorm(4), X),
    "GroupNorm": (lambda: nn.GroupNorm(2, 4), X),
    "Conv2d": (lambda: nn.Conv2d(1, 3, (3, 2), padding=1, padding_mode="reflect"), IMAGE),
    "ConvTranspose2d": (lambda: nn.ConvTranspose2d(1, 2, 3, stride=2), IMAGE),
    "MaxPool2d": (lambda: nn.MaxPool2d(2, padding=1), IMAGE),
    "AvgPool2d": (lambda: nn.AvgPool2d(3, stride=1), IMAGE),
    "Upsample": (lambda: nn.Upsample(scale_factor=2, mode="bilinear"), IMAGE),
    "RNN": (lambda: nn.RNNCell(4, 3), X),
    "buffers": (Running, X),
    "a tensor taken along": (Following, X),
    "a recurrent state": (Recurrent, X),
    "lists and dicts": (Several, X),
}


def trained(make: Callable[[], nn.Module], x: Tensor, device: str) -> dict[str, Tensor]:
    """All that comes of a module: outputs in both modes, gradients, and its state afterwards."""
    module = make().to(device)
    first, second = module(x), module.eval()(x)
    (first.pow(2).sum() + second.sum()).backward()
    gradients = {f"gradient of {k}": p.grad for k, p in module.named_parameters()}
    return {"train": first, "eval": second, **gradients, **module.state_dict()}


@pytest.mark.parametrize(("make", "x"), RIGHT_MODULES.values(), ids=RIGHT_MODULES.keys())
def test_a_right_module_works_as_on_the_cpu(make, x):
    """Parameters, buffers, both modes, gradients and the state: all moved, all the same."""
    seed_generators(0)
    expected = trained(make, x.clone().requires_grad_(), "cpu")

    found = on_device(lambda x: trained(make, x.requires_grad_(), pretend.NAME), x)

    assert {key: value.device.type for key, value in found.items()} == {
        key: pretend.NAME for key in expected
    }
    assert all(torch.equal(data_of(found[key]), expected[key]) for key in expected)


def moved_there_and_back(x: Tensor) -> list[Any]:
    """A module that goes to the device and comes back to the CPU."""
    module = nn.Linear(4, 2).to(x.device)
    there = module.weight.device.type
    module.load_state_dict({"weight": torch.ones(2, 4), "bias": torch.zeros(2)})
    after = module(x)
    return [there, after, module.to("cpu").weight]


def test_a_module_loads_a_state_from_the_cpu_and_goes_back():
    """`load_state_dict` copies from device to device; `to` goes both ways."""
    there, after, weight = on_device(moved_there_and_back)

    assert there == pretend.NAME
    assert torch.equal(data_of(after)[:, 0], X.sum(1))
    assert isinstance(weight, nn.Parameter)
    assert not isinstance(weight, PretendTensor)
    assert torch.equal(weight, torch.ones(2, 4))


# ------------------------------------------------------------------------------------- wrong


def correlate_on_the_cpu(x: Tensor) -> Tensor:
    """Loops that write into zeros on the CPU: allowed, but the result stays there."""
    y = torch.zeros(2, 3)
    for i in range(2):
        for j in range(3):
            y[i, j] = (x[i : i + 2, j : j + 2]).sum()
    return y


def collected(x: Tensor) -> Tensor:
    """A sum that begins as a tensor on the CPU and is added to in place."""
    total = torch.tensor(0.0)
    for row in x:
        total += row.sum()
    return total


class LeftBehind(nn.Module):
    """A plain attribute: neither parameter nor buffer."""

    def __init__(self):
        super().__init__()
        self.gain = nn.Parameter(torch.ones(4))
        self.shift = torch.zeros(4)

    def forward(self, x):
        """It does not follow `to`."""
        return self.gain * x + self.shift


class LeftBehindInEval(LeftBehind):
    """Only evaluation uses it."""

    def forward(self, x):
        """Training would not show it."""
        return x if self.training else x - self.shift


class Unregistered(nn.Module):
    """Layers in a plain list."""

    def __init__(self):
        super().__init__()
        self.layers = [nn.Linear(4, 4)]

    def forward(self, x):
        """They stay on the CPU."""
        return self.layers[0](x)


class RecurrentFromTheCPU(Recurrent):
    """A state that begins on the CPU."""

    def forward(self, x):
        """Beside the recurrence's weights, which were moved."""
        return torch.tanh(self.w(x) + self.u(torch.zeros(len(x), 5)))


WRONG: dict[str, tuple[Work, type[Exception]]] = {
    "zeros": (lambda x: x + torch.zeros(4), MixedDevices),
    "ones of one element": (lambda x: x * torch.ones(1), MixedDevices),
    "cat": (lambda x: torch.cat([x, torch.zeros(1, 4)]), MixedDevices),
    "matmul": (lambda x: x @ torch.ones(4, 2), MixedDevices),
    "linear": (lambda x: F.linear(x, torch.ones(2, 4)), MixedDevices),
    "conv2d": (lambda x: F.conv2d(x[None, None], torch.ones(1, 1, 2, 2)), MixedDevices),
    "a random mask": (lambda x: x * (torch.rand(x.shape) > 0.5), MixedDevices),
    "a mask": (lambda x: x.masked_fill(torch.ones(3, 4).bool(), 0.0), MixedDevices),
    "where": (lambda x: torch.where(x > 0, x, torch.zeros(3, 4)), MixedDevices),
    "in place": (lambda x: x.clone().add_(torch.ones(4)), MixedDevices),
    "into the CPU": (lambda x: torch.zeros(3, 4).add_(x), MixedDevices),
    "into a number on the CPU": (collected, MixedDevices),
    "out=": (lambda x: torch.add(x, x, out=torch.empty(3, 4)), MixedDevices),
    "values stored by index": (
        lambda x: x.clone().index_put_((torch.tensor([0, 2]),), torch.ones(2, 4)), MixedDevices),
    "values stored by mask on the CPU": (
        lambda x: torch.zeros(3, 4).masked_scatter_(x > 0, x), MixedDevices),
    "stored into the CPU by index": (
        lambda x: torch.zeros(3, 4).index_put_((x.argmax(1),), torch.tensor(1.0)), MixedDevices),
    "an index into the CPU": (lambda x: torch.eye(4)[x.argmax(1)], MixedDevices),
    "gather": (lambda x: x.gather(1, torch.zeros(3, 1, dtype=torch.long)), MixedDevices),
    "index_select": (lambda x: x.index_select(0, torch.tensor([0])), MixedDevices),
    "embedding": (lambda x: F.embedding(torch.tensor([0]), x), MixedDevices),
    "a loss": (lambda x: F.cross_entropy(x, torch.tensor([0, 1, 2])), MixedDevices),
    "numpy": (lambda x: torch.from_numpy(x.numpy() * 2), TypeError),
    "numpy of a detached tensor": (lambda x: x.detach().numpy(), TypeError),
    "numpy's own function": (lambda x: math.fsum(__import__("numpy").asarray(x)), TypeError),
    "a plain attribute": (lambda x: LeftBehind().to(x.device)(x), MixedDevices),
    "a plain attribute in eval": (
        lambda x: LeftBehindInEval().to(x.device).eval()(x), MixedDevices),
    "a plain list of layers": (lambda x: Unregistered().to(x.device)(x), MixedDevices),
    "a recurrent state": (lambda x: RecurrentFromTheCPU().to(x.device)(x), MixedDevices),
    "a module that was not moved": (lambda x: nn.Linear(4, 2)(x), MixedDevices),
    "cuda by name": (lambda x: x + torch.zeros(4).cuda(), AssertionError),
}  # fmt: skip


@pytest.mark.parametrize(("work", "error"), WRONG.values(), ids=WRONG.keys())
def test_what_cuda_would_refuse_is_refused(work, error):
    """A tensor from the CPU among those of the device, or one of the device in numpy."""
    with pytest.raises(error):
        on_device(work)


@pytest.mark.parametrize(
    "work",
    [
        lambda x: torch.zeros(3, 4),
        lambda x: x.cpu() * 2,
        lambda x: torch.tensor(x.tolist()),
        lambda x: torch.from_numpy(x.cpu().numpy()),
        lambda x: torch.arange(x.shape[0]),
        correlate_on_the_cpu,
    ],
    ids=["zeros", "cpu", "tolist", "numpy", "arange", "loops into zeros"],
)
def test_a_result_that_stays_on_the_cpu_shows_it(work):
    """Nothing is refused there, not by CUDA either; but the device of the result is wrong."""
    result = on_device(work)

    assert result.device.type == "cpu"
    assert not isinstance(result, PretendTensor)


def test_what_is_mixed_is_told_as_torch_tells_it():
    """Students will meet this message again."""
    with pytest.raises(MixedDevices) as caught:
        on_device(lambda x: x + torch.ones(4))

    assert str(caught.value) == (
        "Expected all tensors to be on the same device, but found at least two devices, "
        "gpu:0 and cpu!"
    )


# ------------------------------------------------------------------------------ known mistakes


@pytest.mark.parametrize(
    "work",
    [
        lambda x: torch.tensor([1.0, 2.0], device=x.device),
        pytest.param(lambda x: x.new_tensor([1.0, 2.0])),
        lambda x: torch.as_tensor([1.0, 2.0], device=x.device),
        lambda x: torch.tensor([x[0, 0], -x[0, 1]], device=x.device),
    ],
    ids=["torch.tensor", "new_tensor", "as_tensor", "of its numbers"],
)
def test_a_list_of_numbers_becomes_a_tensor_on_the_device(work):
    """`torch.tensor(rows, device=x.device)` is how it is done."""
    result = on_device(work)

    assert result.device.type == pretend.NAME
    assert data_of(result).tolist() == [1.0, 2.0]


def test_a_list_of_its_numbers_becomes_a_tensor_on_the_cpu():
    """Allowed, and wrong: the result does not live where the input does."""
    result = on_device(lambda x: torch.tensor([row.sum() for row in x]))

    assert result.device.type == "cpu"


@pytest.mark.parametrize(
    "change",
    [lambda y: y.t_(), lambda y: y[:1].squeeze_(0), lambda y: y.transpose_(0, 1)],
    ids=["t_", "squeeze_", "transpose_"],
)
def test_gradients_pass_through_a_shape_that_was_changed_in_place(change):
    """`y.t_()` is an operation like any other."""
    expected, slope = learned(lambda x: change(x * 2), X.clone())

    result, gradient = on_device(lambda x: learned(lambda x: change(x * 2), x))

    assert torch.equal(data_of(result), expected)
    assert torch.equal(data_of(gradient), slope)


def test_a_shape_that_was_changed_in_place_is_seen():
    """Code asks for the shape next."""
    assert on_device(lambda x: tuple(x.unsqueeze_(0).shape)) == (1, 3, 4)


def test_a_loss_can_be_printed_with_a_format():
    """`print(f"{loss:.3f}")` stands in half of all training loops."""
    assert on_device(lambda x: f"{x[0, 0]:.3f}") == "1.000"


def test_a_number_from_the_cpu_cannot_be_stacked_with_others():
    """It may take part in arithmetic; `torch.stack` and `cat` want one device."""
    with pytest.raises(MixedDevices):
        on_device(lambda x: torch.stack([x.sum(), torch.tensor(0.0)]))


class Shared(nn.Module):
    """One parameter under two names, and in a plain list as well."""

    def __init__(self):
        super().__init__()
        self.a, self.b = nn.Linear(4, 4, bias=False), nn.Linear(4, 4, bias=False)
        self.b.weight = self.a.weight
        self.weights = [self.a.weight]


@pytest.mark.parametrize("device", ["cpu", pretend.NAME])
def test_a_moved_parameter_is_the_same_parameter(device):
    """CUDA moves the data and keeps the parameter: tied weights and optimizers stay right."""
    module = Shared()
    weight = module.a.weight

    on_device(lambda x: module.to(device))

    assert module.a.weight is weight
    assert module.b.weight is weight
    assert weight.device.type == device


# --------------------------------------------------------------------------------- the device


def test_everything_inside_a_value_is_moved():
    """Lists, tuples and dicts; what is no tensor stays."""
    moved = to_pretend({"a": [X, (X, 2)], "b": None})

    assert moved["a"][0].device == torch.device(pretend.NAME, 0)
    assert moved["a"][1][0].device.type == pretend.NAME
    assert (moved["a"][1][1], moved["b"]) == (2, None)


def test_a_moved_tensor_keeps_dtype_shape_and_strides():
    """Only the device is another one."""
    x = X.double().t()

    moved = to_pretend(x)

    assert (moved.dtype, moved.shape, moved.stride()) == (x.dtype, x.shape, x.stride())
    assert data_of(moved) is x


def test_the_data_of_a_tensor_on_the_cpu_is_itself():
    """So results of both kinds can be sent."""
    assert data_of(X) is X


def test_a_view_shares_its_data_with_its_base():
    """As everywhere in torch."""

    def write_through(x):
        x[0].zero_()
        x.t()[1:, 1:] = 5.0
        return x

    expected = write_through(X.clone())

    assert torch.equal(data_of(on_device(write_through)), expected)


def test_what_is_printed_names_the_device():
    """As a tensor on CUDA does."""
    assert repr(to_pretend(torch.tensor([1.0]))) == f"tensor([1.]) on {pretend.NAME}:0"


def test_numbers_leave_the_device():
    """`item`, `tolist`, `bool` and `len` copy to the CPU, as with CUDA."""
    found = on_device(lambda x: [x[0, 0].item(), x[0].tolist(), bool(x[0, 0] > 0), len(x)])

    assert found == [1.0, X[0].tolist(), True, 3]


def test_the_device_can_be_named():
    """By its name, as a torch.device, and as the device of another tensor."""
    made = on_device(
        lambda x: [
            torch.zeros(2, device=pretend.NAME),
            torch.zeros(2, device=torch.device(pretend.NAME)),
            torch.zeros(2, device=x.device),
            torch.ones(2).to(pretend.NAME),
        ]
    )

    assert [tensor.device for tensor in made] == [torch.device(pretend.NAME, 0)] * 4


def test_the_cpu_is_as_it_was_beside_the_device():
    """Code that never meets the device notices nothing."""
    with pretend.pretending():
        x = torch.ones(2, requires_grad=True)
        (x * 3).sum().backward()

    assert x.grad.tolist() == [3, 3]
    assert not isinstance(x.grad, PretendTensor)


def test_fused_recurrent_layers_are_not_supported_and_say_so():
    """NotImplementedError tells the grader that nothing can be said, in either direction."""
    with pytest.raises(NotImplementedError):
        on_device(lambda x: nn.LSTM(4, 3).to(x.device)(x))
