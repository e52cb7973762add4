"""Canvas, *Download Submissions*: one flat folder in which names say everything.

`doejane_LATE_123_456_corr2d-1.py` is user 123's attachment 456; the second upload of a name gets
-1. `anon_x7Gh2_456_corr2d.py` comes from an anonymous assignment. What was typed into the page
ends in `_text.html` or `_link.html`. Files that are uploaded again are matched by the two numbers,
so a report gets the same name and an ending of its own.

Source: lib/content_zipper.rb of https://github.com/instructure/canvas-lms
"""

import re
from collections.abc import Sequence

from grader.batch.layouts.delivery import Delivery, Reading, strays
from grader.batch.model import Student
from grader.batch.tree import File, Folder, single
from grader.model import Exercise

_USER = r"(?P<name>.+?)(?P<late>_LATE)?_(?P<id>\d+)"
_ANONYMOUS = r"(?P<late>LATE_)?anon_(?P<id>[^\W_]+)"
_FILE = r"_(?P<attachment>\d+)_(?P<file>.+)"
_TYPED = r"_(?P<typed>text|link)\.html"
_NAMES = [
    re.compile(whose + what, re.DOTALL) for whose in (_ANONYMOUS, _USER) for what in (_FILE, _TYPED)
]


def read(root: Folder, exercises: Sequence[Exercise]) -> Reading | None:
    """What was handed in, if more than half of the names are of that kind."""
    found = {name: match for name in (*root.files, *root.folders) if (match := _match(name))}
    if len(found) * 2 <= len(root.files) + len(root.folders):
        return None
    deliveries = [_delivery(root, name, match) for name, match in found.items()]
    others = [name for name in (*root.files, *root.folders) if name not in found]
    typed = [name for name, match in found.items() if "typed" in match.groupdict()]
    unmatched = (
        *strays(root, others, "has no name that Canvas gives"),
        *strays(root, typed, "was typed into the page; there is no file to grade"),
    )
    return Reading(tuple(deliveries), unmatched)


def _match(name: str) -> re.Match[str] | None:
    return next((match for pattern in _NAMES if (match := pattern.fullmatch(name))), None)


def _delivery(root: Folder, name: str, match: re.Match[str]) -> Delivery:
    groups = match.groupdict()
    is_file = "file" in groups
    return Delivery(
        students=(_student(groups),),
        folder=_folder(root, name, groups["file"]) if is_file else Folder(),
        numbered=True,
        order=int(groups["attachment"]) if is_file else 0,
        late=groups["late"] is not None,
        feedback=f"{name}.html" if is_file else "",
    )


def _student(groups: dict[str, str]) -> Student:
    if "name" not in groups:
        return Student(f"anon_{groups['id']}", ids={"anonymous": groups["id"]})
    return Student(f"{groups['name']}_{groups['id']}", groups["name"], {"canvas": groups["id"]})


def _folder(root: Folder, name: str, given: str) -> Folder:
    if name in root.folders:
        return root.folders[name]  # an archive that somebody unpacked already
    file = root.files[name]
    return single(File(given, file.path, file.origin))
