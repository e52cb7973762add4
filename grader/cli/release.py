"""`grade release`: its options, what it prints, and how it exits."""

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.errors import UsageError

if TYPE_CHECKING:  # nothing of it is needed by somebody who only looks at --help
    from grader.author.release.files import Files

LEAKS = 1
# Of so many leaks the first are named: they lead to the others.
SHOWN = 50

_PATH = click.Path(path_type=Path)


@click.command()
@click.argument("folder", required=False, metavar="[DIR]", type=_PATH)
@click.option("--check", is_flag=True, help="Make nothing; look for hidden content in DIR.")
@click.option("--grading", type=_PATH, metavar="DIR", help="Your private grading repository.")
@click.option("--gradescope", type=_PATH, metavar="FILE.zip", help="Gradescope's autograder.")
@click.option("--classroom50", type=_PATH, metavar="DIR", help="Classroom 50's autograders.")
@click.option("--exercise", "exercises", multiple=True, help="These only (repeatable).")
@click.option(
    "--feedback",
    type=click.Choice(["full", "hints", "score"]),
    default="hints",
    show_default=True,
    help="What reports may reveal of the hidden tests.",
)
@click.option(
    "--isolation",
    type=click.Choice(["auto", "strict", "process"]),
    default="strict",
    show_default=True,
    help="How student code is locked in where it is graded.",
)
@click.option(
    "--torch-index",
    envvar="TORCH_INDEX",
    default="",
    metavar="URL",
    help="A further package index, for machines that install torch.  [default: pip's own]",
)
@click.pass_context
def release(
    ctx: click.Context,
    folder: Path | None,
    check: bool,
    grading: Path | None,
    gradescope: Path | None,
    classroom50: Path | None,
    exercises: Sequence[str],
    feedback: str,
    isolation: str,
    torch_index: str,
) -> None:
    """The student's edition, with nothing hidden; what grades elsewhere.

    \b
    grade release DIR                     the student's edition, checked for leaks
    grade release --check DIR             the same check, of a folder that is there
    grade release --grading DIR           a private repository that grades everyone
    grade release --gradescope FILE.zip   an autograder to upload
    grade release --classroom50 DIR       a grader folder for each exercise
    """
    from grader import course
    from grader.author.release import editions
    from grader.author.release.files import Settings

    wanted: list[tuple[Path | None, Callable[[Settings], Files]]] = [
        (folder, editions.student),
        (grading, editions.grading),
        (gradescope, editions.gradescope),
        (classroom50, editions.classroom50),
    ]
    chosen = [(target, make) for target, make in wanted if target is not None]
    if len(chosen) != 1 or (check and folder is None):
        raise UsageError("Name one thing to make: DIR, or one of the options. See --help.")
    ((target, make),) = chosen
    if check:
        _report_leaks(ctx, target, target)
        return
    found = course.find(exercises or ["all"])
    if make is not editions.student:
        course.check_suites(found)
    files = make(Settings(found, feedback, isolation, torch_index))
    is_fresh = not target.is_dir() or not any(target.iterdir())
    if make is editions.student:
        _refuse_leaks(ctx, target, files)
    _write(target, files)
    if make is editions.student and not is_fresh:
        _report_leaks(ctx, target, target)


def _refuse_leaks(ctx: click.Context, target: Path, files: "Files") -> None:
    """Look before anything is written: an edition with a leak is never there to be published."""
    from grader.author.release import folder

    with tempfile.TemporaryDirectory(prefix="handrolled-") as place:
        staged = Path(place, "edition")
        folder.write(staged, files)
        _report_leaks(ctx, staged, target)


def _report_leaks(ctx: click.Context, looked_at: Path, target: Path) -> None:
    from grader.author.release.check import check

    leaks = check(looked_at)
    if not leaks:
        click.echo(f"{target}: nothing hidden is in it")
        return
    for leak in leaks[:SHOWN]:
        click.echo(str(leak))
    more = f", of which {SHOWN} are shown" if len(leaks) > SHOWN else ""
    click.echo(f"grade: {len(leaks)} leaks{more}. Do not publish this.", err=True)
    ctx.exit(LEAKS)


def _write(target: Path, files: "Files") -> None:
    from grader.author.release import folder

    is_zip = target.suffix.lower() == ".zip"
    written = (folder.pack if is_zip else folder.write)(target, files)
    click.echo(f"{target}: {written.files} files")
    for path in written.kept:
        click.echo(f"{target}: {path} was edited there and is left as it is", err=True)
