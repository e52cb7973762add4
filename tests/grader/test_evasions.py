"""Forbidden calls in disguise: each idea of evasions/, in each exercise where it makes sense."""

import base64
import re
import string
import sys
import tomllib
import types
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

from grader import course, grade
from grader.grade import Settings
from grader.model import ExerciseResult, Status
from grader.sandbox.session import ForkingSession, open_session
from grader.source import Source

FOLDER = Path(__file__).parent / "evasions"
DISGUISES = tomllib.loads((FOLDER / "disguises.toml").read_text("utf-8"))
EQUIVALENTS = tomllib.loads((FOLDER / "equivalents.toml").read_text("utf-8"))
FAIR = tomllib.loads((FOLDER / "fair.toml").read_text("utf-8"))
EXERCISES = {f"exercise{exercise.number}": exercise for exercise in course.find(["all"])}

# What evades both nets, and why it is left at that. The README lists the same.
AT_RUN_TIME = "a library without traps, reached by what only running the text can tell"
NOT_FOLLOWED = "a library without traps, by a name that is not followed to where it comes from"
IN_PYTHON = "torch has some operators once more, in Python, and there is no kernel to trap"
TAKEN_APART = "the trap and the submission share a process"
ARITHMETIC = "other arithmetic with the same result"
REMAINS = {
    "numpy/reduce over getattr": AT_RUN_TIME,
    "numpy/getattr, halves in variables": AT_RUN_TIME,
    "numpy/getattr, backwards": AT_RUN_TIME,
    "numpy/search of a module": AT_RUN_TIME,
    "numpy/put into globals": AT_RUN_TIME,
    "numpy/put into the module": AT_RUN_TIME,
    "numpy/import_module, glued": AT_RUN_TIME,
    "numpy/exec": AT_RUN_TIME,
    "numpy/compile": AT_RUN_TIME,
    "numpy/base64": AT_RUN_TIME,
    "numpy/pickle": AT_RUN_TIME,
    "numpy/annotation": NOT_FOLLOWED,
    "torchvision/annotation": NOT_FOLLOWED,
    "torchvision/put into globals": AT_RUN_TIME,
    "torchvision/put into the module": AT_RUN_TIME,
    "torchvision/import_module, glued": AT_RUN_TIME,
    "torchvision/exec": AT_RUN_TIME,
    "torchvision/compile": AT_RUN_TIME,
    "torchvision/base64": AT_RUN_TIME,
    "torchvision/pickle": AT_RUN_TIME,
    "zero_pad2d/decomposition found at run time": IN_PYTHON,
    "max_pool2d/decomposition found at run time": IN_PYTHON,
    "MaxUnpool2d/decomposition found at run time": IN_PYTHON,
    "corr2d_multi_in/kernel taken at import, after a call": TAKEN_APART,
    "corr2d_multi_in/trap destroyed": TAKEN_APART,
    "corr2d_multi_in/trap found in a frame": TAKEN_APART,
    "corr2d_multi_in/Fourier transform": ARITHMETIC,
    "corr2d_strided/Fourier transform": ARITHMETIC,
    "corr2d_multi_in/numpy, product of polynomials": ARITHMETIC,
}
# Without any result that is right there may still be points: for a ValueError that torch raises
# before it computes, or for what a new layer holds. They are at most this part of a task.
WITHOUT_RESULTS = 0.1

# What every answer here may use.
PRELUDE = """
import torch
import torch.nn.functional as F
from torch import nn

def pair(number):
    return (number, number) if isinstance(number, int) else tuple(number)

def check(X, K):
    if X.dim() != 2 or K.dim() != 2 or K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("X or K")

def corr2d_multi_in(X, K):
    return sum(corr2d(x, k) for x, k in zip(X, K, strict=True))

def hidden(owner, name):
    return getattr(owner, "".join(reversed(name[::-1])))

class Layer(nn.Module):
    def __init__(self, in_features, out_features, bias=True):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(out_features, in_features) / in_features**0.5)
        self.register_parameter("bias", nn.Parameter(torch.zeros(out_features)) if bias else None)
"""


@dataclass(frozen=True)
class Smuggled:
    """A call to hide in a task, and what the task looks like when `f` is that call.

    `example` are arguments for a call at import, `jit` its arguments in TorchScript.
    """

    exercise: str
    task: str
    call: str
    answer: str
    example: str = ""
    parameters: str = ""
    jit: str = ""
    count: int = 0

    def written(self, disguise: str) -> str:
        """The text of a submission."""
        module, _, name = self.call.rpartition(".")
        package, _, _ = module.partition(".")
        plain = f"import {module}\ndef f(*arguments):\n    return {self.call}(*arguments)\n"
        filled = string.Template(disguise).substitute(
            module=module,
            name=name,
            package=package,
            inner=self.call.removeprefix(f"{package}."),
            left=name[:3],
            right=name[3:],
            backwards=name[::-1],
            encoded=base64.b64encode(plain.encode()).decode(),
            example=self.example,
            parameters=self.parameters,
            jit=self.jit,
            count=self.count,
        )
        return PRELUDE + filled + self.answer


SMUGGLED = {
    "convolution": Smuggled(
        "exercise1",
        "corr2d_multi_in",
        "torch.nn.functional.conv2d",
        "def corr2d_multi_in(X, K):\n    return f(X[None], K[None])[0, 0]\n",
        example="(torch.ones(1, 1, 5, 5), torch.ones(1, 1, 2, 2))",
        parameters="x: Tensor, k: Tensor",
        jit="x, k",
        count=2,
    ),
    "numpy": Smuggled(
        "exercise1",
        "corr2d",
        "numpy.correlate",
        """
def corr2d(X, K):
    rows = [sum(f(x.detach().numpy(), k.detach().numpy(), "valid") for x, k in zip(X[i:], K))
            for i in range(X.shape[0] - K.shape[0] + 1)]
    return torch.stack([torch.from_numpy(row) for row in rows])
""",
    ),
    "padding": Smuggled(
        "exercise2",
        "zero_pad2d",
        "torch.nn.functional.pad",
        """
def zero_pad2d(X, padding):
    ph, pw = pair(padding)
    return f(X, (pw, pw, ph, ph))
""",
        example="",
        parameters="x: Tensor, p: List[int]",
        jit="x, p",
        count=2,
    ),
    "pooling": Smuggled(
        "exercise3",
        "max_pool2d",
        "torch.nn.functional.max_pool2d_with_indices",
        """
def max_pool2d(x, kernel_size, stride=None, padding=0):
    return f(x, pair(kernel_size), pair(stride or kernel_size), pair(padding))
""",
        example="",
        parameters="x: Tensor, k: List[int], s: List[int], p: List[int]",
        jit="x, k, s, p",
        count=4,
    ),
    "linear": Smuggled(
        "exercise4",
        "MyLinear",
        "torch.nn.functional.linear",
        """
class MyLinear(Layer):
    def forward(self, x):
        return f(x, self.weight, self.bias)
""",
        example="(torch.ones(2, 3), torch.ones(4, 3), torch.ones(4))",
        parameters="x: Tensor, w: Tensor, b: Optional[Tensor]",
        jit="x, w, b",
        count=3,
    ),
    # torchvision may be missing here, so something stands in for it.
    "torchvision": Smuggled(
        "exercise6",
        "ResidualBlock",
        "torchvision.ops.relu",
        """
class ResidualBlock(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, channels, 3, padding=1)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1)
    def forward(self, x):
        return f(x + self.conv2(torch.relu(self.conv1(x))))
""",
    ),
}
# torchvision need not be installed: this stands in for it.
STAND_IN = """
import sys, types
sys.modules["torchvision"] = types.ModuleType("torchvision")
sys.modules["torchvision.ops"] = types.ModuleType("torchvision.ops")
sys.modules["torchvision"].ops = sys.modules["torchvision.ops"]
sys.modules["torchvision"].ops.relu = __import__("torch").relu
"""
# Only their names are forbidden; there is no operator to trap.
LIBRARIES = {"numpy": "", "torchvision": STAND_IN}
TRAPPED = [row for row in SMUGGLED if row not in LIBRARIES]


@dataclass(frozen=True)
class Case:
    """A submission that tries to get points for a forbidden call, or a fair one."""

    name: str
    exercise: str
    task: str
    text: str

    def told_by_text(self) -> bool:
        """Whether the text alone gives it away."""
        forbidden = EXERCISES[self.exercise].task(self.task).forbidden
        return bool(Source(self.text).forbidden_uses(self.task, forbidden))


def in_disguise(*kinds: str) -> Iterator[Case]:
    """Disguises of these kinds, of every call that they can hide."""
    for row, smuggled in SMUGGLED.items():
        for kind in kinds if row in TRAPPED else ("anything",):
            for name, disguise in DISGUISES[kind].items():
                if "$example" not in disguise or smuggled.example:
                    text = LIBRARIES.get(row, "") + smuggled.written(disguise)
                    yield Case(f"{row}/{name}", smuggled.exercise, smuggled.task, text)


def whole_answers(table: dict[str, dict[str, dict[str, str]]]) -> Iterator[Case]:
    """Those of a file with answers by exercise and task."""
    for exercise, tasks in table.items():
        for task, ideas in tasks.items():
            for name, text in ideas.items():
                yield Case(f"{task}/{name}", exercise, task, PRELUDE + text)


EVASIONS = [*in_disguise(*DISGUISES), *whole_answers(EQUIVALENTS)]
TOLD = {case for case in EVASIONS if case.told_by_text()}


def untold() -> list[Case]:
    """Those to be stopped by the trap. Most disguises do the same to each operator: one of them
    is tried in each."""
    tried, turn = [case for case in EVASIONS if case not in TOLD], count()
    same_to_all = [*DISGUISES["anything"], *DISGUISES["torch"]]
    for name in same_to_all:
        cases = [case for case in tried if case.name in {f"{row}/{name}" for row in TRAPPED}]
        chosen = cases[next(turn) % len(cases)] if cases else None
        tried = [case for case in tried if case not in cases or case is chosen]
    return tried


@pytest.fixture(scope="module")
def session() -> Iterator[ForkingSession]:
    """One for all: what they share is done once."""
    with open_session("strict") as opened:
        yield opened


@pytest.fixture
def graded(session, tmp_path):
    """Grade the one task of a case."""

    def grade_case(case: Case) -> ExerciseResult:
        path = tmp_path / "answer.py"
        path.write_text(case.text, "utf-8")
        settings = Settings(seed=1, tasks=(case.task,))
        return grade.grade_file(EXERCISES[case.exercise], path, settings, session)

    return grade_case


@pytest.mark.parametrize("name", DISGUISES["anything"])
def test_a_disguise_is_the_call(name, monkeypatch):
    """A text that would not work anyway proves nothing."""
    module = types.ModuleType("disguise")
    monkeypatch.setitem(sys.modules, "disguise", module)
    exec(SMUGGLED["numpy"].written(DISGUISES["anything"][name]), vars(module))

    assert list(module.f([1.0, 2.0, 4.0], [1.0, 10.0], "valid")) == [21.0, 42.0]


@pytest.mark.parametrize("case", untold(), ids=lambda case: case.name)
def test_a_forbidden_call_in_disguise_earns_nothing(case: Case, graded):
    """What the text does not tell, the kernels do; what remains is known."""
    (task,) = graded(case).tasks
    statuses = {check.status for check in task.checks}
    earns = task.score > task.max_score * WITHOUT_RESULTS

    assert earns == (case.name in REMAINS)
    assert earns or Status.FORBIDDEN in statuses


@pytest.mark.parametrize("case", [*whole_answers(FAIR)], ids=lambda case: case.name)
def test_what_is_allowed_gets_full_points(case: Case, graded):
    """Whatever names stand in its comments and texts."""
    (task,) = graded(case).tasks

    assert not case.told_by_text()
    assert task.score == task.max_score


@pytest.mark.parametrize("disguise", DISGUISES["anything"] | DISGUISES["torch"])
def test_where_nothing_is_forbidden_no_disguise_is_told(disguise):
    """A wrapper is no offence: the same texts, in an exercise that allows the call."""
    text = SMUGGLED["convolution"].written(
        {**DISGUISES["anything"], **DISGUISES["torch"]}[disguise]
    )
    for exercise in ("exercise4", "exercise5", "exercise6"):
        for task in EXERCISES[exercise].tasks:
            renamed = text.replace("def corr2d_multi_in(", f"def {task.name}(")
            assert Source(renamed).forbidden_uses(task.name, task.forbidden) == []


def test_the_readme_says_what_evades_both_nets(capsys):
    """What is left open is listed in the README, and nothing else."""
    assert not {case.name for case in TOLD} & set(REMAINS)
    with capsys.disabled():
        print(f"\n{len(EVASIONS)} evasions: {len(TOLD)} told by the text, {len(REMAINS)} remain")

    readme = (course.root() / "README.md").read_text("utf-8")
    listed = re.search(r"<!-- evasions that remain -->(.*?)<!-- end -->", readme, re.S)
    assert listed is not None
    names = {name.partition("/")[2] for name in REMAINS}
    assert sorted(" ".join(n.split()) for n in re.findall(r"`([^`]+)`", listed[1])) == sorted(names)
