"""The grades that Blackboard lets a teacher download and upload again.

`Username` is the key; a column that exists already is `Title [Total Pts: 100 Score] |1234`.
Calculated columns (`up to 505`) and those that show no score take no points. The file is CSV, or
text between tabs in UTF-16 that calls itself .xls.
"""

import re

from grader.batch.exports.sheet import Column, Person, Sheet, headings, is_blank, number
from grader.batch.exports.table import Table

_COLUMN = re.compile(r"(.+?)\s*\[Total Pts: (\d+(?:[.,]\d{1,2})?) Score\] \|\d+", re.DOTALL)


def recognises(found: list[str]) -> bool:
    """Whether headings (in small letters) are those of Blackboard."""
    return "username" in found and any("[total pts:" in heading for heading in found)


def read(table: Table) -> Sheet:
    """The columns that take points, and the students."""
    at = headings(table)
    columns = [
        Column(index, heading.strip(), (match[1],), number(match[2]))
        for index in range(len(table.rows[0].cells))
        if (match := _COLUMN.fullmatch((heading := table.value(0, index)).strip()))
    ]
    people = [
        _person(table, row, at) for row in range(1, len(table.rows)) if not is_blank(table, row)
    ]
    return Sheet("Blackboard", tuple(columns), tuple(people), decisive="username")


def _person(table: Table, row: int, at: dict[str, int]) -> Person:
    names = [table.value(row, at.get(heading)).strip() for heading in ("first name", "last name")]
    ids = {
        "username": table.value(row, at["username"]),
        "sid": table.value(row, at.get("student id")),
    }
    return Person(row, " ".join(filter(None, names)) or ids["username"], ids)
