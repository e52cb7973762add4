"""The gradebook that Canvas exports.

First the student's columns, of which `Section` is the last, then columns of the teacher's own,
then assignments as `Title (1234)`, then totals. Above the students there may be a row of posting
policies, and there is one of the points possible. Source: `lib/gradebook_importer.rb` and
`lib/gradebook_exporter.rb` of https://github.com/instructure/canvas-lms
"""

import re

from grader.batch.exports.sheet import Column, Person, Sheet, headings, number
from grader.batch.exports.table import Table

_STARTS = (["student", "id"], ["lastname", "firstname", "id"])
_ASSIGNMENT = re.compile(r"(.+) \(\d+\)", re.DOTALL)
_READ_ONLY = re.compile(r"read\s+only", re.IGNORECASE)
_POLICY = re.compile(r"\s*(?:Muted|Manual Posting.*)?\s*", re.IGNORECASE)
# Unlike a blank or `-`, which are no score yet.
_RESERVED = {"ex": "is excused", "n/a": "is not assigned this"}


def recognises(found: list[str]) -> bool:
    """Whether headings (in small letters) are those of Canvas."""
    return "section" in found and any(found[: len(start)] == start for start in _STARTS)


def read(table: Table) -> Sheet:
    """The assignments that take points, and the students."""
    at = headings(table)
    possible = next((r for r in range(1, len(table.rows)) if _is_points_possible(table, r)), None)
    columns = [
        column
        for index in range(at["section"] + 1, len(table.rows[0].cells))
        if (column := _column(table, index, possible))
    ]
    people = [
        _person(table, row, at) for row in range(1, len(table.rows)) if _is_student(table, row)
    ]
    return Sheet("Canvas", tuple(columns), tuple(people), decisive="canvas", reserved=_RESERVED)


def _column(table: Table, index: int, possible: int | None) -> Column | None:
    heading = table.value(0, index).strip()
    match = _ASSIGNMENT.fullmatch(heading)
    points = table.value(possible, index) if possible is not None else ""
    if match is None or _READ_ONLY.search(points):
        return None
    return Column(index, heading, (match[1],), number(points))


def _is_points_possible(table: Table, row: int) -> bool:
    return "Points Possible" in table.value(row, 0)


def _is_student(table: Table, row: int) -> bool:
    """Whether a row is neither blank, nor says how grades are posted or what they are out of."""
    width = len(table.rows[row].cells)
    posting = all(_POLICY.fullmatch(table.value(row, column)) for column in range(width))
    return not posting and not _is_points_possible(table, row)


def _person(table: Table, row: int, at: dict[str, int]) -> Person:
    name = table.value(row, at.get("student"))
    if "lastname" in at:
        name = f"{table.value(row, at['lastname'])}, {table.value(row, at['firstname'])}"
    login = table.value(row, at.get("sis login id"))
    ids = {
        "canvas": table.value(row, at["id"]),
        "sid": table.value(row, at.get("sis user id")),
        "username": login,
        "email": login,
    }
    return Person(row, name, ids)
