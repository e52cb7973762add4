"""torch's compiler is imported by whoever compiles, and by nobody else."""

import json
import subprocess
import sys

import pytest

PREAMBLE = """
import inspect, json, sys, torch
from grader.sandbox import compiler
compiler.put_off()

def descend(kind):
    weight = torch.nn.Parameter(torch.tensor([1.0]))
    optimizer = getattr(torch.optim, kind)([weight], lr=0.25)
    (weight * weight).sum().backward()
    optimizer.step()
    optimizer.zero_grad()
    return weight.item()

def told(value):
    print(json.dumps([value, "torch._dynamo.config" in sys.modules]))
"""


def alone(code: str) -> tuple[object, bool]:
    """What code tells in an interpreter of its own, and whether the compiler is there then."""
    command = [sys.executable, "-W", "ignore", "-c", PREAMBLE + code]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    value, imported = json.loads(done.stdout)
    return value, imported


@pytest.mark.parametrize(
    ("code", "value"),
    [
        # w − 0.25 · 2w
        ("told(descend('SGD'))", 0.5),
        # Adam's first step is as long as lr, whatever the gradient.
        ("told(round(descend('Adam'), 4))", 0.75),
        # Python asks every module where it comes from.
        ("told(inspect.getmodule(descend).__name__)", "__main__"),
    ],
)
def test_an_optimizer_does_without_the_compiler(code, value):
    """It would wait for a second."""
    assert alone(code) == (value, False)


@pytest.mark.parametrize(
    "code",
    [
        "told(torch.compile(lambda x: 3 * x, backend='eager')(torch.ones(2)).tolist())",
        "import torch._dynamo.config; told([3 * descend('SGD') * 2] * 2)",
        "descend('SGD'); told([3 * torch.func.grad(lambda x: x)(torch.tensor(2.0)).item()] * 2)",
    ],
)
def test_whoever_needs_the_compiler_gets_it(code):
    """As if it had been there all the time."""
    assert alone(code) == ([3.0, 3.0], True)
