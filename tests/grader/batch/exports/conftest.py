"""Exports to fill in, as platforms write them."""

from collections.abc import Callable, Sequence
from types import SimpleNamespace

import pytest

from grader.batch import exports
from grader.batch.exports import Filled
from grader.batch.model import Entry


@pytest.fixture
def fill(tmp_path, make) -> Callable[..., tuple[bytes, Filled]]:
    """Fills bytes of an export: `data, filled = fill(export, [entries])`, for exercise3 or those
    that are named.
    """

    def run(data: bytes, entries: Sequence[Entry], exercises=None, name="grades.csv"):
        export, out = tmp_path / name, tmp_path / "results" / name
        export.write_bytes(data)
        out.parent.mkdir(exist_ok=True)
        filled = exports.fill(export, entries, exercises or [make.exercise()], out)
        assert export.read_bytes() == data
        return out.read_bytes(), filled

    return run


@pytest.fixture
def samples() -> SimpleNamespace:
    """One export of each kind, in which exercise 3 has a column."""
    return SimpleNamespace(
        canvas=CANVAS, worksheet=WORKSHEET, grades=GRADES, blackboard=BLACKBOARD
    )  # fmt: skip


# Row 2 says how grades are posted; the last but one is Canvas's own test student.
CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Notes,exercise2 (811),Exercise3 (812),\
Homework Current Score,Homework Final Score,Current Score
,,,,,,,Manual Posting,,,
    Points Possible,,,,,,100.00,100.00,(read only),(read only),(read only)
"Lovelace, Ada",1001,S-1,ada@uni.example,"Algebra, Mon",asks; much,90.00,,90.00,45.00,90.00
"O'Neil ""Shaq"", Zoë",1002,S-2,zoë,"Algebra, Mon","says ""hi""
twice",,12.5,0.00,0.00,0.00
"Müller; Süß, Jürgen",1003,,jm,Algebra,,70.00,EX,,,
"Roe, Jane",1004,,roe,Algebra,,,N/A,,,
"Student, Test",1999,,bbbc6740f0,Algebra,,,,0.00,0.00,0.00
""".encode()

WORKSHEET = (
    'Identifier,"Full name","Email address",Status,Grade,"Maximum Grade","Grade can be changed",'
    '"Last modified (submission)","Last modified (grade)","Feedback comments"\r\n'
    '"Participant 4711","Ada Lovelace",ada@uni.example,"Submitted for grading - ",,50.00,Yes,'
    '"Tuesday, 3 November 2026, 9:15 AM",-,\r\n'
    '"Participant 4712","Jürgen Müller; Süß",j.m@uni.example,"No submission",12.00,50.00,Yes,'
    '-,-,"<p>Well ""done"",\r\nmostly.</p>"\r\n'
    '"Participant 4713","Zoë O\'Neil",zoe@uni.example,"Submitted for grading - ",,50.00,No,'
    '"Tuesday, 3 November 2026, 9:16 AM",-,\r\n'
).encode()

GRADES = (
    '"First name","Last name","ID number",Institution,Department,"Email address",'
    '"Assignment: exercise3 (Real)","Assignment: exercise3 (Percentage)",'
    '"Assignment: exercise3 (Feedback)","Course total (Real)","Last downloaded from this course"\n'
    "Ada,Lovelace,S-1,,,ada@uni.example,-,-,,45.00,1795250000\n"
    'Jürgen,"Müller; Süß",,"Uni, Köln",,j.m@uni.example,50.00,"50.00 %","ok, ""fine""",50.00,'
    "1795250000\n"
).encode()

BLACKBOARD = (
    '"Last Name"\t"First Name"\t"Username"\t"Student ID"\t"Last Access"\t"Availability"\t'
    '"exercise2 [Total Pts: 100 Score] |990"\t"exercise3 [Total Pts: 20 Score] |991"\t'
    '"Total [Total Pts: up to 120 Score] |989"\n'
    '"Lovelace"\t"Ada"\t"alovelace"\t"S-1"\t"2026-11-03 09:15:00"\t"Yes"\t"88"\t""\t"88"\n'
    '"Müller, Süß"\t"Jürgen ""JJ"""\t"jmuller"\t""\t""\t"Yes"\t""\t"In Progress"\t""\n'
)
