"""The command line: the only part that parses arguments, prints and exits."""

import os
import shutil
import sys
import textwrap
import traceback
from functools import partial
from typing import Any

import click

import grader
from grader.cli import authoring, batch, grading, release, study
from grader.errors import GraderError

INTERRUPTED = 130


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
            click.echo(_wrapped(f"grade: {error}"), err=True)
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


def _wrapped(text: str) -> str:
    """A sentence that a terminal would break in the middle of a word."""
    if not sys.stderr.isatty():
        return text
    from grader.report.text import glued, unglued

    width = shutil.get_terminal_size().columns
    lines = (glued(line) for line in text.split("\n"))
    fill = partial(textwrap.fill, width=width, break_long_words=False, break_on_hyphens=False)
    return unglued("\n".join(map(fill, lines)))


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
    grade 3 --help        how to grade one task, another file, for a machine to read
    """
    if ctx.obj is not None:
        ctx.call_on_close(ctx.obj.end)  # it was started on a guess, and may not be needed
    if ctx.invoked_subcommand is None:
        study.show_overview()


@main.command()
def doctor() -> None:
    """Python, torch, devices, isolation, and what to fix."""
    from grader.doctor import examine

    click.echo(examine(), nl=False)


for _command in (
    grading.run,
    study.hint,
    study.show,
    batch.batch,
    authoring.verify,
    release.release,
):
    main.add_command(_command)
