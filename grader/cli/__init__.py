"""The command line: the only file that parses arguments, prints and exits."""

import os
import secrets
import shutil
import sys
import traceback
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import click

import grader
from grader import devices
from grader.errors import GraderError, UsageError
from grader.model import FULL_SCORE, Report

MAX_SEED = 2**31
BELOW, INTERRUPTED = 1, 130


class Grade(click.Group):
    """A group of commands in which anything that is no command is an exercise to grade."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """`grade exercise3` is `grade run exercise3`."""
        if args and args[0] in self.commands:
            return super().resolve_command(ctx, args)
        return "run", self.commands["run"], args

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Options in front of an exercise belong to grading, too."""
        if args and args[0].startswith("-") and args[0] not in ("--help", "-h", "--version"):
            args = ["run", *args]
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Turn our errors into a sentence on stderr and their exit status."""
        try:
            return super().invoke(ctx)
        except GraderError as error:
            click.echo(f"grade: {error}", err=True)
            ctx.exit(error.exit_status)
        except (click.exceptions.Exit, click.ClickException, click.Abort):
            raise
        except Exception:  # ours, whatever it is: nothing can be concluded about the student
            click.echo(f"{traceback.format_exc()}grade: the grader itself failed", err=True)
            ctx.exit(GraderError.exit_status)
        except KeyboardInterrupt:
            click.echo("grade: interrupted", err=True)
            # At once: threads may still wait for processes that are gone already.
            os._exit(INTERRUPTED)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """All commands but `run`, which nobody needs to write."""
        with formatter.section("Commands"):
            rows = [
                (name, command.get_short_help_str(70))
                for name, command in self.commands.items()
                if not command.hidden
            ]
            formatter.write_dl(rows)


ISOLATION = click.option(
    "--isolation",
    type=click.Choice(["auto", "strict", "process"]),
    default="auto",
    show_default=True,
    help="How student code is locked in; strict refuses to run without the full sandbox.",
)


@click.group(cls=Grade, invoke_without_command=True)
@click.version_option(grader.__version__, prog_name="grade")
@click.help_option("-h", "--help")
@click.pass_context
def main(ctx: click.Context) -> None:
    """Learn PyTorch by writing its layers yourself.

    \b
    grade                 the course at a glance
    grade exercise3       grade one exercise; also `grade 3`, `grade max_unpool`
    grade all             grade all of them
    """
    if ctx.invoked_subcommand is None:
        _overview()


@main.command(hidden=True)
@click.argument("exercises", nargs=-1, required=True)
@click.option(
    "--submission",
    "given",
    type=click.Path(path_type=Path),
    help="The file to grade, or a folder that holds it.  [default: exercises/]",
)
@click.option("--task", "tasks", multiple=True, help="Grade this task only (repeatable).")
@click.option(
    "--device",
    default=devices.CPU,
    show_default=True,
    callback=devices.check_word,
    metavar="auto|cpu|cuda|cuda:N|mps",
    help="Where student code computes; auto takes the best there is.",
)
@click.option("--seed", type=click.IntRange(0, MAX_SEED - 1), help="Repeat a run exactly.")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    help="Seconds for one check.  [default: 10, unless the exercise says otherwise]",
)
@click.option(
    "--memory",
    type=click.IntRange(min=64),
    help="Megabytes for the student's process.  [default: 2048]",
)
@ISOLATION
@click.option(
    "--feedback",
    type=click.Choice(["full", "hints", "score"]),
    default="full",
    show_default=True,
    help="What the report may reveal of a hidden suite.",
)
@click.option(
    "--format",
    "formats",
    multiple=True,
    metavar="FORMAT[=FILE]",
    help="terminal, json, junit, markdown, gradescope, github or classroom50; on stdout, or to "
    "a file (repeatable).",
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

    chosen_device = devices.resolve(device)
    if device == devices.AUTO and chosen_device == devices.CPU:
        click.echo("grade: there is no accelerator here; grading on the cpu", err=True)
    with open_session(isolation, chosen_device, click.get_current_context().obj) as session:
        from grader import course, grade, submission
        from grader.report.feedback import redacted
        from grader.study.progress import Progress, workspace

        writers = _writers(formats, quiet=quiet, color=_wants_color(no_color))
        chosen = course.find(exercises)
        course.check_tasks(chosen, tasks)
        handed_in = given or workspace() / "exercises"
        work = [(exercise, submission.locate(exercise, handed_in)) for exercise in chosen]
        settings = grade.Settings(
            seed=secrets.randbelow(MAX_SEED) if seed is None else seed,
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


def _overview() -> None:
    from grader import course
    from grader.report import overview
    from grader.study.progress import Progress, workspace

    progress = Progress(workspace())
    records = [(exercise, progress.of(exercise.stem)) for exercise in course.exercises()]
    click.echo(overview.render(records), nl=False)


@main.command()
@click.argument("exercise")
@click.argument("task", required=False)
def hint(exercise: str, task: str | None) -> None:
    """The next hint of a task; each call goes one step further."""
    from grader import course
    from grader.study.hints import next_hint
    from grader.study.progress import Progress, workspace

    chosen = course.find_one(exercise)
    course.check_tasks([chosen], [task] if task else [])
    click.echo(next_hint(chosen, task, Progress(workspace())))


@main.command()
@click.argument("exercise")
@click.option("--solution", is_flag=True, help="The worked solution; asks first.")
def show(exercise: str, solution: bool) -> None:
    """The lesson of an exercise."""
    from grader import course
    from grader.study.progress import Progress, workspace

    chosen = course.find_one(exercise)
    if not solution:
        click.echo_via_pager(course.text_of(chosen.lesson))
        return
    best = Progress(workspace()).of(chosen.stem).best or 0
    if best < FULL_SCORE:
        question = f"Your best score is {best}. Look at the solution all the same?"
        click.confirm(question, abort=True, err=True)
    click.echo_via_pager(course.text_of(chosen.solution))


@main.command()
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
    with open_session(isolation) as session:
        for finding in verify(work, session):
            if finding.complaint is not None:
                complaints += 1
                click.echo(f"{finding.trial.name}: {finding.complaint}")
    counts = (
        f"{len(chosen)} exercises, {len({trial.path for trial in work})} answers, {seeds} seeds"
    )
    click.echo(f"{counts}: {len(work)} gradings, {complaints} complaints")
    sys.exit(BELOW if complaints else 0)


@main.command()
def doctor() -> None:
    """Python, torch, devices, isolation, and what to fix."""
    from grader.doctor import examine

    click.echo(examine(), nl=False)
