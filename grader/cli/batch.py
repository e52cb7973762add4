"""`grade batch`: a folder of submissions, and the gradebook that comes of it."""

import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

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
from grader.model import FULL_SCORE

if TYPE_CHECKING:  # nothing of it is needed by somebody who only looks at --help
    from grader.batch.driver import Progress
    from grader.batch.executors import Executor
    from grader.batch.exports import Filled
    from grader.batch.model import Intake
    from grader.batch.results import Written
    from grader.model import Exercise
    from grader.sandbox.ignite import Started

# Where nobody watches, a line is printed no more often than this, in seconds.
QUIET = 10.0
# How many sentences of one kind are printed; the class report has all of them.
SHOWN = 10


@click.command()
@click.argument("submissions", type=PATH)
@click.option("-o", "--output", "results", type=PATH, required=True, help="The results folder.")
@click.option("--exercise", "names", multiple=True, help="Grade this one (repeatable).")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    help="How many to grade at once.  [default: one for each processor]",
)
@click.option("--scheduler", metavar="ADDRESS", help="Have a running Dask cluster grade.")
@click.option(
    "--resume/--no-resume",
    default=True,
    show_default=True,
    help="Grade only what the results folder has no result of.",
)
@click.option("--into", type=PATH, metavar="EXPORT.csv", help="A gradebook export to fill in.")
@DEVICE
@SEED
@TIMEOUT
@MEMORY
@ISOLATION
@FEEDBACK
def batch(
    submissions: Path,
    results: Path,
    names: Sequence[str],
    jobs: int | None,
    scheduler: str | None,
    resume: bool,
    into: Path | None,
    device: str,
    seed: int | None,
    timeout: float | None,
    memory: int | None,
    isolation: str,
    feedback: str,
) -> None:
    """Grade what a platform hands out, into a gradebook.

    \b
    grade batch submissions.zip -o results
    grade batch submissions/ -o results --exercise exercise3 --into export.csv
    """
    from grader import course
    from grader.batch import exports, intake
    from grader.batch.driver import Batch, handed_in
    from grader.batch.journal import open_journal
    from grader.batch.results import unpacking_in, write
    from grader.grade import Settings
    from grader.report import page
    from grader.report.feedback import redacted
    from grader.sandbox.session import choose_level

    early: Started | None = click.get_current_context().obj
    chosen, device = course.find(names or ["all"]), resolved(device)
    course.check_suites(chosen)
    level = choose_level(isolation, device)
    with open_journal(results) as journal, unpacking_in(results) as place:
        found = intake.collect(submissions, chosen, place)
        exercises = chosen if names else handed_in(found, chosen)
        if into is not None:
            exports.check(into, exercises)
        if not resume:
            journal.forget_results()
        if seed is not None:
            journal.set("seed", str(seed))
        settings = Settings(
            seed=int(journal.setting("seed", str(random_seed()))),
            device=device,
            seconds=timeout,
            memory_mb=memory,
        )
        whole = Batch(found.only({e.stem for e in exercises}), exercises, settings, level)
        _tell_found(whole.intake, exercises)
        executor = _executor(scheduler, jobs, level, device, early)
        page.prepare()  # while torch is imported over there
        with _progress() as progress:
            whole.grade(journal, executor, progress)
        written = write(
            whole, journal, results, into=into, redact=lambda report: redacted(report, feedback)
        )
    _tell_written(written, results)


def _executor(
    scheduler: str | None, jobs: int | None, level: str, device: str, early: "Started | None"
) -> "Executor":
    from grader.batch.executors import Local

    if scheduler is None:
        return Local(jobs or len(os.sched_getaffinity(0)), level, device, early)
    try:
        from grader.batch.cluster import Cluster
    except ImportError as error:
        raise UsageError(
            "--scheduler needs the extra 'cluster'. Install handrolled[cluster]."
        ) from error
    return Cluster(scheduler, level)


@contextmanager
def _progress() -> Iterator["Progress"]:
    """A bar on a terminal, a line now and then elsewhere; on stderr."""
    if not sys.stderr.isatty():
        yield _Lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bars

    columns = (
        TextColumn("graded"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(),
        TextColumn("left"),
    )  # fmt: skip
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task("")
        yield lambda done, total: bars.update(task, completed=done, total=total)


class _Lines:
    """Progress in plain lines, with an estimate of what is left."""

    def __init__(self) -> None:
        self._told = self._started = time.monotonic()
        self._before: int | None = None

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if self._before is None:
            self._before = done
        if now - self._told < QUIET and 0 < done < total:
            return
        self._told = now
        fresh = done - self._before
        left = (total - done) * (now - self._started) / fresh if fresh else 0
        estimate = f", about {left:,.0f} s left" if left else ""
        click.echo(f"grade: {done} of {total} graded{estimate}", err=True)


def _tell_found(found: "Intake", exercises: Sequence["Exercise"]) -> None:
    files = sum(handin.file is not None for handin in found.handins)
    names = ", ".join(exercise.id for exercise in exercises)
    click.echo(
        f"grade: {found.layout}: {len(found.students)} students, {files} files for {names}",
        err=True,
    )
    sentences = [f"{one.origin}: {one.why}" for one in found.unmatched]
    _tell_some("could not be matched", sentences, "report.html")


def _tell_written(written: "Written", results: Path) -> None:
    graded = [entry for entry in written.entries if entry.report is not None]
    full = sum(entry.score == FULL_SCORE for entry in graded)
    _tell_some(
        "changed since the last time",
        [f"{c.student}, {c.stem}: {c.before} → {c.after}" for c in written.changes],
        "report.html",
    )
    _tell_some("feedback files left out", written.left_out, "feedback")
    if written.filled is not None:
        _tell_filled(written.filled)
    click.echo(f"{len(graded)} graded, {full} of them with all points. Look at:")
    click.echo(f"  {results / 'report.html'}")
    click.echo(f"  {results / 'gradebook.csv'}")


def _tell_filled(filled: "Filled") -> None:
    columns = ", ".join(filled.columns)
    click.echo(f"grade: {filled.platform}: {filled.entered} cells filled in {columns}", err=True)
    _tell_some("of ours, not in the export", filled.missing, "")
    _tell_some("of ours, fitting several rows", filled.ambiguous, "")
    _tell_some("of the export, without a graded file", filled.without, "")
    _tell_some("locked in the export", filled.locked, "")


def _tell_some(what: str, sentences: Sequence[str], where: str) -> None:
    """A count and the first few; all of them are in the file `where`."""
    if not sentences:
        return
    click.echo(f"grade: {len(sentences)} {what}", err=True)
    for sentence in sentences[:SHOWN]:
        click.echo(f"  {sentence}", err=True)
    if len(sentences) > SHOWN:
        rest = f"; all of them in {where}" if where else ""
        click.echo(f"  … and {len(sentences) - SHOWN} more{rest}", err=True)
