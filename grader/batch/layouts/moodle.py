"""Moodle, *Download all submissions*: `Jane Doe_123_assignsubmission_file`, a folder or a prefix.

Before Moodle 4.1 the folder ends in one more underscore. 123 is the number of the participant, or
of the group where groups hand in; members of no group have no number. Blind marking calls
everybody Participant, in the site's language. A zip of feedback files wants the same names.

Source: mod/assign/classes/downloader.php and mod/assign/feedback/file/importziplib.php of
https://github.com/moodle/moodle
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from grader.batch.layouts.delivery import Delivery, Reading, strays
from grader.batch.model import Student
from grader.batch.tree import File, Folder, single
from grader.model import Exercise

_PREFIX = r"(?P<key>(?P<who>.+?)(?:_(?P<id>\d+))?)_assignsubmission_(?P<plugin>[a-z0-9]+)"
_FOLDER = re.compile(_PREFIX + r"(?P<end>_?)", re.DOTALL)
_FILE = re.compile(_PREFIX + r"_(?P<file>.+)", re.DOTALL)
# The plugin of uploaded files; others hold text that was typed into the page, comments and so on.
_UPLOADS = "file"


def read(root: Folder, exercises: Sequence[Exercise]) -> Reading | None:
    """What was handed in, if there is any such name at all: nobody else gives them."""
    folders = {name: match for name in root.folders if (match := _FOLDER.fullmatch(name))}
    files = {name: match for name in root.files if (match := _FILE.fullmatch(name))}
    if not folders and not files:
        return None
    deliveries = [_of_folder(root.folders[name], match) for name, match in folders.items()]
    deliveries += [_of_file(root.files[name], match) for name, match in files.items()]
    matches = {**folders, **files}
    others = [name for name in (*root.files, *root.folders) if name not in matches]
    typed = [name for name, match in matches.items() if match["plugin"] != _UPLOADS]
    unmatched = (
        *strays(root, others, "has no name that Moodle gives"),
        *strays(root, typed, "was typed into the page, or is a comment; there is no file to grade"),
    )
    return Reading(tuple(_told_apart(deliveries)), unmatched)


def _of_folder(folder: Folder, match: re.Match[str]) -> Delivery:
    is_upload = match["plugin"] == _UPLOADS
    feedback = f"{match['key']}_assignsubmission_{_UPLOADS}{match['end']}/feedback.html"
    return Delivery((_student(match),), folder if is_upload else Folder(), feedback=feedback)


def _of_file(file: File, match: re.Match[str]) -> Delivery:
    given = File(match["file"], file.path, file.origin)
    is_upload = match["plugin"] == _UPLOADS
    feedback = f"{match['key']}_assignsubmission_{_UPLOADS}_feedback.html"
    return Delivery((_student(match),), single(given) if is_upload else Folder(), feedback=feedback)


def _student(match: re.Match[str]) -> Student:
    ids = {"moodle": match["id"]} if match["id"] else {}
    return Student(match["key"], match["who"].replace("_", " "), ids)


def _told_apart(deliveries: Sequence[Delivery]) -> list[Delivery]:
    """The same, with the number in the name of those who share one, as all do in blind marking."""
    names = Counter(s.name for s in {d.students[0].key: d.students[0] for d in deliveries}.values())
    told = []
    for delivery in deliveries:
        (student,) = delivery.students
        if names[student.name] > 1 and student.ids:
            student = replace(student, name=f"{student.name} {student.ids['moodle']}")
        told.append(replace(delivery, students=(student,)))
    return told
