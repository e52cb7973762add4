"""What Moodle exports: the grading worksheet of one assignment, or the grades of a course.

Only the worksheet has numbers of participants, a maximum, and grades that are locked. Sources:
`mod/assign/feedback/offline/importgradeslib.php`, `mod/assign/gradingtable.php` and
`grade/export/txt/grade_export_txt.php` of https://github.com/moodle/moodle
"""

import re
from decimal import Decimal

from grader.batch.exports.sheet import Column, Person, Sheet, headings, is_blank, number
from grader.batch.exports.table import Table
from grader.errors import UsageError

_WORKSHEET = {"identifier", "grade", "last modified (grade)"}
_LAST_NAMES = {"last name", "surname"}
_PARTICIPANT = re.compile(r".*?(\d+)\s*", re.DOTALL)
# `Assignment: Title (Real)`: the kind of activity, its name, and how its grade is shown.
_ITEM = re.compile(r"(?:[^:]+: )?(.+?)(?: \((Real|Percentage|Letter|Feedback)\))?", re.DOTALL)


def recognises_worksheet(found: list[str]) -> bool:
    """Whether headings (in small letters) are those of an offline grading worksheet."""
    return set(found) >= _WORKSHEET


def read_worksheet(table: Table) -> Sheet:
    """The one column `Grade`, and the participants."""
    at = headings(table)
    column = Column(at["grade"], table.value(0, at["grade"]), ())
    people = [
        _participant(table, row, at)
        for row in range(1, len(table.rows))
        if not is_blank(table, row)
    ]
    numbers = (at["maximum grade"],) if "maximum grade" in at else ()
    return Sheet("Moodle", (column,), tuple(people), "moodle", numbers=numbers, single=True)


def _participant(table: Table, row: int, at: dict[str, int]) -> Person:
    identifier = _PARTICIPANT.fullmatch(table.value(row, at["identifier"]))
    ids = {
        "moodle": identifier[1] if identifier else "",
        "sid": table.value(row, at.get("id number")),
        "email": table.value(row, at.get("email address")),
    }
    name = table.value(row, at.get("full name")) or table.value(row, at["identifier"])
    fixed = table.value(row, at.get("grade can be changed")).strip().lower() == "no"
    locked = "has a grade that cannot be changed" if fixed else ""
    return Person(row, name, ids, _maximum(table.value(row, at.get("maximum grade"))), locked)


def _maximum(text: str) -> Decimal | None:
    """The most points. A scale in place of points shows as its negative number."""
    most = number(text)
    if text.strip() and (most is None or most <= 0):
        raise UsageError(
            f"its maximum grade is {text!r}, so it is graded by a scale, not by points. Give the "
            "assignment points in Moodle and download the worksheet again"
        )
    return most


def recognises_grades(found: list[str]) -> bool:
    """Whether headings (in small letters) are those of an export of a course's grades."""
    items = any(": " in heading or heading.endswith("(real)") for heading in found)
    return "first name" in found and bool(_LAST_NAMES & set(found)) and items


def read_grades(table: Table) -> Sheet:
    """The columns that show points, and the students. Such an export says no maximum."""
    at = headings(table)
    columns = [
        column
        for index in range(len(table.rows[0].cells))
        if (column := _item(index, table.value(0, index).strip()))
    ]
    people = [
        _student(table, row, at) for row in range(1, len(table.rows)) if not is_blank(table, row)
    ]
    return Sheet("Moodle", tuple(columns), tuple(people))


def _item(index: int, heading: str) -> Column | None:
    match = _ITEM.fullmatch(heading)
    if match is None or match[2] not in (None, "Real") or not (match[2] or ": " in heading):
        return None
    whole = heading.removesuffix(" (Real)")
    return Column(index, heading, tuple(dict.fromkeys((match[1], whole))))


def _student(table: Table, row: int, at: dict[str, int]) -> Person:
    last = next(at[heading] for heading in _LAST_NAMES if heading in at)
    name = f"{table.value(row, at['first name'])} {table.value(row, last)}"
    kinds = {"sid": "id number", "username": "username", "email": "email address"}
    return Person(row, name, {k: table.value(row, at.get(h)) for k, h in kinds.items()})
