"""Blackboard, *Assignment File Download*: one flat folder, every attempt of everybody.

`Exercise 3_jdoe_attempt_2026-03-01-12-30-00_corr2d.py`, and for each attempt a text of the same
name without the file's, which Blackboard writes. Its first line, in the site's language, is
`Name: Jane Doe (jdoe)`.
"""

import re
from collections.abc import Sequence

from grader.batch.layouts.delivery import Delivery, Reading, strays
from grader.batch.model import Student
from grader.batch.tree import File, Folder, Unusable, read_bytes
from grader.model import Exercise

_NAME = re.compile(
    r"(?P<whose>.+?)_attempt_(?P<time>\d{4}(?:-\d\d){5})(?:_(?P<file>.+)|\.txt)", re.DOTALL
)
_FIRST_LINE = re.compile(r"[^:\n]*:\s*(?P<name>[^\n]*?)\s*\((?P<user>[^()\n]+)\)[ \t\r]*(\n|$)")
MAX_TEXT_BYTES = 1 << 20

# An assignment with its user, as one text, and the time of the attempt.
Attempt = tuple[str, str]


def read(root: Folder, exercises: Sequence[Exercise]) -> Reading | None:
    """What was handed in, if there is any such name at all: nobody else gives them."""
    found = {name: match for name in root.files if (match := _NAME.fullmatch(name))}
    if not found:
        return None
    attempts: dict[Attempt, Folder] = {}
    texts: dict[Attempt, File] = {}
    for name, match in found.items():
        file, attempt = root.files[name], (match["whose"], match["time"])
        folder = attempts.setdefault(attempt, Folder())
        if match["file"]:
            folder.files[match["file"]] = File(match["file"], file.path, file.origin)
        else:
            texts[attempt] = file
    deliveries = [
        Delivery((_student(attempt[0], texts.get(attempt)),), folder, attempt=attempt[1])
        for attempt, folder in attempts.items()
    ]
    others = [name for name in (*root.files, *root.folders) if name not in found]
    return Reading(
        tuple(deliveries), tuple(strays(root, others, "has no name that Blackboard gives"))
    )


def _student(whose: str, text: File | None) -> Student:
    """A username may hold underscores, and so may an assignment: only the text tells."""
    match = _FIRST_LINE.match(_beginning(text))
    if match and whose.endswith(f"_{match['user']}"):
        return Student(match["user"], match["name"], {"username": match["user"]})
    user = whose.rpartition("_")[2]
    return Student(user, ids={"username": user})


def _beginning(text: File | None) -> str:
    if text is None or text.path is None:
        return ""
    try:
        return read_bytes(text.path, MAX_TEXT_BYTES)[:4096].decode("utf-8-sig", "replace")
    except Unusable:
        return ""
