"""The gradebook of a batch as CSV: a row a student, a column an exercise, the total, a note."""

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

from grader.batch.atomic import writing
from grader.batch.model import Entry
from grader.model import Exercise
from grader.report.text import one_line

# Without this a spreadsheet program takes UTF-8 for the code page of its country.
_BYTE_ORDER_MARK = "\ufeff"
# At the beginning of a cell, also for a spreadsheet program that splits lines at semicolons.
_FORMULA = re.compile(r"(^|;)(\s*[=+\-@])")
_LONGEST_NOTE = 100


def write(entries: Sequence[Entry], exercises: Sequence[Exercise], path: Path) -> None:
    """Write `gradebook.csv`: UTF-8, integer points of 100 an exercise, students sorted by key.

    Who handed in nothing for an exercise has 0 there, and the note says why. Raises `UsageError`
    when the file cannot be written.
    """
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["student", "name", *(exercise.id for exercise in exercises), "total", "note"])
    by_cell = {(entry.handin.student.key, entry.handin.stem): entry for entry in entries}
    students = {entry.handin.student.key: entry.handin.student for entry in entries}
    for key in sorted(students):
        cells = [by_cell.get((key, exercise.stem)) for exercise in exercises]
        scores = [entry.score if entry else 0 for entry in cells]
        notes = [
            f"{exercise.id}: {note}"
            for exercise, entry in zip(exercises, cells, strict=True)
            if (note := _note(entry))
        ]
        shown = _harmless(key), _harmless(students[key].name)
        rows.writerow([*shown, *scores, sum(scores), _harmless("; ".join(notes))])
    with writing(path) as file:
        file.write((_BYTE_ORDER_MARK + text.getvalue()).encode())


def _note(entry: Entry | None) -> str:
    """What a teacher should know about a score; empty where it speaks for itself."""
    if entry is None:
        return "nothing handed in"
    late = ["late"] if entry.handin.late else []
    if entry.report is None:
        return ", ".join([*late, _short(entry.handin.why or "not graded")])
    error = entry.report.exercises[0].error
    return ", ".join([*late, *([_short(f"cannot be imported: {error}")] if error else [])])


def _short(text: str) -> str:
    plain = one_line(text)
    return plain if len(plain) <= _LONGEST_NOTE else f"{plain[: _LONGEST_NOTE - 1]}…"


def _harmless(text: str) -> str:
    """Text on one line of which a spreadsheet program makes no formula."""
    return _FORMULA.sub(lambda match: f"{match[1]}'{match[2]}", one_line(text))
