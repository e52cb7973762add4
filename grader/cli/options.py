"""Options that several commands share."""

import secrets
from pathlib import Path

import click

from grader import devices

MAX_SEED = 2**31

PATH = click.Path(path_type=Path)

ISOLATION = click.option(
    "--isolation",
    type=click.Choice(["auto", "strict", "process"]),
    default="auto",
    show_default=True,
    help="How student code is locked in; strict refuses to run without the full sandbox.",
)

DEVICE = click.option(
    "--device",
    default=devices.CPU,
    show_default=True,
    callback=devices.check_word,
    metavar="auto|cpu|cuda|cuda:N|mps",
    help="Where student code computes; auto takes the best there is.",
)
SEED = click.option("--seed", type=click.IntRange(0, MAX_SEED - 1), help="Repeat a run exactly.")
TIMEOUT = click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    help="Seconds for one check.  [default: 10, unless the exercise says otherwise]",
)
MEMORY = click.option(
    "--memory",
    type=click.IntRange(min=64),
    help="Megabytes for the student's process.  [default: 2048]",
)
FEEDBACK = click.option(
    "--feedback",
    type=click.Choice(["full", "hints", "score"]),
    default="full",
    show_default=True,
    help="What the report may reveal of a hidden suite.",
)


def random_seed() -> int:
    """A seed for whoever gives none."""
    return secrets.randbelow(MAX_SEED)


def resolved(device: str) -> str:
    """The device that a word stands for here; says so when `auto` finds no accelerator."""
    chosen = devices.resolve(device)
    if device == devices.AUTO and chosen == devices.CPU:
        click.echo("grade: there is no accelerator here; grading on the cpu", err=True)
    return chosen
