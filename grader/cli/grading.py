"""`grade exercise3`: grading, and where its report goes."""

import os
import shutil
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NoReturn

import click

from grader.cli.options import (
    DEVICE,
    FEEDBACK,
    ISOLATION,
    MEMORY,
    PATH,
    SEED,
    TIMEOUT,
    random_seed,
    resolved,
)
from grader.errors import UsageError
from grader.model import Report

BELOW = 1


@click.command(hidden=True)
@click.argument("exercises", nargs=-1, required=True)
@click.option(
    "--submission",
    "given",
    type=PATH,
    help="The file to grade, or a folder that holds it.  [default: exercises/]",
)
@click.option("--task", "tasks", multiple=True, help="Grade this task only (repeatable).")
@DEVICE
@SEED
@TIMEOUT
@MEMORY
@ISOLATION
@FEEDBACK
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="FORMAT[=FILE]",
    help="terminal, json, junit, markdown, html, gradescope, github or classroom50; on stdout, or "
    "to a file (repeatable).",
)
@click.option(
    "--fail-under",
    type=click.IntRange(0, 100),
    default=100,
    show_default=True,
    help="Points of 100 that every exercise needs for exit status 0.",
)
@click.option("--exit-zero", is_flag=True, help="Exit 0 whenever grading ran.")
@click.option("--quiet", is_flag=True, help="Print only the scores.")
@click.option("--no-color", is_flag=True, help="No colour, as with NO_COLOR.")
def run(
    exercises: Sequence[str],
    given: Path | None,
    tasks: Sequence[str],
    device: str,
    seed: int | None,
    timeout: float | None,
    memory: int | None,
    isolation: str,
    feedback: str,
    formats: Sequence[str],
    fail_under: int,
    exit_zero: bool,
    quiet: bool,
    no_color: bool,
) -> NoReturn:
    """Grade exercises: `grade exercise3`, `grade 3`, `grade max_unpool`, `grade all`."""
    from grader.sandbox.session import open_session

    chosen_device = resolved(device)
    with open_session(isolation, chosen_device, click.get_current_context().obj) as session:
        from grader import course, grade, submission
        from grader.report.feedback import redacted
        from grader.study.progress import Progress, workspace

        writers = _writers(formats, quiet=quiet, color=_wants_color(no_color))
        chosen = course.find(exercises)
        course.check_tasks(chosen, tasks)
        chosen = tuple(exercise for exercise in chosen if grade.chosen_tasks(exercise, tasks))
        course.check_suites(chosen)
        handed_in = given or workspace() / "exercises"
        work = [(exercise, submission.locate(exercise, handed_in)) for exercise in chosen]
        settings = grade.Settings(
            seed=random_seed() if seed is None else seed,
            tasks=tuple(tasks),
            device=chosen_device,
            seconds=timeout,
            memory_mb=memory,
        )
        report = redacted(grade.grade_all(work, settings, session), feedback)
    if given is None:
        progress = Progress(workspace())
        for result in report.exercises:
            progress.note_score(result)
    for write in writers:
        write(report)
    sys.exit(0 if exit_zero or grade.reached(report, fail_under) else BELOW)


def _writers(formats: Sequence[str], *, quiet: bool, color: bool) -> list[Callable[[Report], None]]:
    """What to do with a report; one for a person on stdout, if nothing else goes there."""
    from grader.report import FORMATS, github, targets, terminal

    width = shutil.get_terminal_size().columns
    for_person = partial(terminal.render, width=width, color=color)
    wanted = [(FORMATS[name], file) for name, file in targets(formats)]
    wanted = [(for_person if r is terminal.render and not f else r, f) for r, f in wanted]
    if all(file is not None for _, file in wanted):
        wanted.append((terminal.summary if quiet else for_person, None))
    tell = [github.tell_step for render, _ in wanted if render is github.render]
    return [*(partial(_write, render, file) for render, file in wanted), *tell]


def _write(render: Callable[[Report], str], file: Path | None, report: Report) -> None:
    text = render(report)
    if file is None:
        click.echo(text, nl=False)
        return
    try:
        file.write_text(text, "utf-8")
    except OSError as error:
        raise UsageError(f"{file} cannot be written: {error.strerror}.") from error


def _wants_color(no_color: bool) -> bool:
    return not no_color and "NO_COLOR" not in os.environ and sys.stdout.isatty()
