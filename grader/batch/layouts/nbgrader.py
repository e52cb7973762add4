"""nbgrader's folder of a course: `submitted/<student>/<assignment>/`.

Source: nbgrader/coursedir.py of https://github.com/jupyter/nbgrader
"""

from collections.abc import Sequence

from grader.batch.layouts.delivery import Delivery, Reading, strays
from grader.batch.model import Student
from grader.batch.tree import Folder
from grader.model import Exercise

SUBMITTED = "submitted"
# nbgrader's own note of when something was fetched.
_TIMESTAMP = "timestamp.txt"


def read(root: Folder, exercises: Sequence[Exercise]) -> Reading | None:
    """What was handed in, in the folder of a course or in its `submitted`."""
    is_course = SUBMITTED in root.folders
    if not is_course and root.name != SUBMITTED:
        return None
    submitted = root.folders[SUBMITTED] if is_course else root
    for _, folder in submitted.walk():
        folder.files.pop(_TIMESTAMP, None)
    deliveries = [
        Delivery((Student(name, ids={"username": name}),), folder)
        for name, folder in submitted.folders.items()
    ]
    beside = [name for name in (*root.files, *root.folders) if is_course and name != SUBMITTED]
    unmatched = (
        *strays(root, beside, "is not in submitted/"),
        *strays(submitted, submitted.files, "is in no student's folder"),
        *(submitted.refused if is_course else ()),
    )
    return Reading(tuple(deliveries), unmatched)
