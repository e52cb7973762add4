"""What a batch leaves in its results folder."""

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from grader.batch import exports, feedback, gradebook, report
from grader.batch.driver import Batch
from grader.batch.exports import Filled
from grader.batch.journal import Journal
from grader.batch.model import Change, Entry
from grader.errors import UsageError
from grader.model import Report
from grader.report import html, json

GRADEBOOK, CLASS_REPORT, REPORTS = "gradebook.csv", "report.html", "reports"
FEEDBACK, FEEDBACK_ZIP = "feedback", "feedback.zip"
# Redacts a report for those whom it is handed back to.
Redact = Callable[[Report], Report]


@contextmanager
def unpacking_in(folder: Path) -> Iterator[Path]:
    """A folder for what has to be unpacked, for as long as it is graded.

    Below the results, so that these can lie among the submissions. What a run left that was killed
    is taken away first.
    """
    place = folder / ".unpacked"
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir()
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


@dataclass(frozen=True)
class Written:
    """What was written, as far as somebody should be told."""

    entries: Sequence[Entry]
    changes: Sequence[Change]
    filled: Filled | None
    left_out: Sequence[str]


def write(
    batch: Batch, journal: Journal, folder: Path, *, into: Path | None, redact: Redact
) -> Written:
    """Write gradebook, class report, each student's reports and feedback files.

    `into` is a gradebook export of which a copy is filled in. Raises `UsageError` when something
    cannot be written.
    """
    entries = []
    for entry in batch.entries(journal):
        _write_student(entry, folder)
        entries.append(_slim(entry))
    exercises = list(batch.exercises.values())
    scores = {(e.handin.student.key, e.handin.stem): e.score for e in entries}
    changes = journal.stand(scores)
    gradebook.write(entries, exercises, folder / GRADEBOOK)
    _write_text(
        folder / CLASS_REPORT,
        report.render(
            entries, exercises, unmatched=batch.intake.unmatched, link=_link, changes=changes
        ),
    )
    filled = None
    if into is not None:
        filled = exports.fill(into, entries, exercises, folder / into.name)
    return Written(entries, changes, filled, _hand_back(batch, journal, folder, redact))


def _place(entry: Entry, ending: str) -> str:
    return f"{REPORTS}/{entry.handin.student.key}/{entry.handin.stem}.{ending}"


def _link(entry: Entry) -> str | None:
    return None if entry.report is None else _place(entry, "html")


def _write_student(entry: Entry, folder: Path) -> None:
    if entry.report is None:
        return
    _write_text(folder / _place(entry, "json"), json.render(entry.report))
    _write_text(folder / _place(entry, "html"), html.render(entry.report))


def _slim(entry: Entry) -> Entry:
    """An entry without what only a student's own report shows: a class has thousands."""
    if entry.report is None:
        return entry
    (result,) = entry.report.exercises
    tasks = [
        replace(
            task, checks=tuple(replace(c, planes=None, stdout="", call="") for c in task.checks)
        )
        for task in result.tasks
    ]
    slim = replace(result, tasks=tuple(tasks), stdout="")
    return Entry(entry.handin, replace(entry.report, exercises=(slim,)))


def _hand_back(batch: Batch, journal: Journal, folder: Path, redact: Redact) -> list[str]:
    """Feedback files, where the platform takes them back; a sentence for each that cannot be."""

    def page(entry: Entry) -> str:
        assert entry.report is not None
        return html.render(redact(entry.report))

    left_out = feedback.write(_one_a_file(batch.entries(journal)), page, folder / FEEDBACK)
    if (folder / FEEDBACK).is_dir():
        feedback.zip_up(folder / FEEDBACK, folder / FEEDBACK_ZIP)
    return left_out


def _one_a_file(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Graded entries that have a feedback file; those of a student that share one as one."""
    graded = (e for e in entries if e.report is not None and e.handin.feedback)
    for _, same in groupby(graded, key=lambda e: (e.handin.student.key, e.handin.feedback)):
        first, *others = same
        reports = [entry.report for entry in (first, *others) if entry.report is not None]
        exercises = tuple(result for report in reports for result in report.exercises)
        yield Entry(first.handin, replace(reports[0], exercises=exercises))


def _write_text(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8", "replace"))
    except OSError as error:
        raise UsageError(
            f"{path} cannot be written: {error.strerror}. Choose another folder with -o."
        ) from error
