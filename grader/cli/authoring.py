"""What an author of exercises asks."""

import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from grader.cli.options import ISOLATION

COMPLAINTS = 1


@click.command()
@click.argument("exercises", nargs=-1)
@click.option("--seeds", type=click.IntRange(min=1), default=20, show_default=True)
@click.option("--first-seed", type=click.IntRange(min=0), default=0, show_default=True)
@ISOLATION
def verify(exercises: Sequence[str], seeds: int, first_seed: int, isolation: str) -> NoReturn:
    """Prove a suite: right answers 100, stub 0, every misconception caught and named."""
    from grader import course
    from grader.author.verify import trials, verify
    from grader.sandbox.session import open_session

    chosen = course.find(exercises or ["all"])
    work = [t for e in chosen for t in trials(e, range(first_seed, first_seed + seeds))]
    complaints = 0
    with open_session(isolation, many=True) as session:
        for finding in verify(work, session):
            if finding.complaint is not None:
                complaints += 1
                click.echo(f"{finding.trial.name}: {finding.complaint}")
    counts = (
        f"{len(chosen)} exercises, {len({trial.path for trial in work})} answers, {seeds} seeds"
    )
    click.echo(f"{counts}: {len(work)} gradings, {complaints} complaints")
    sys.exit(COMPLAINTS if complaints else 0)
